// A page loads itself again when its edition has changed, and keeps its place.
follow(location.pathname.split("/")[1]).addEventListener("changed", ({ data }) => {
  if (location.pathname === "/" || location.pathname.startsWith(`/${JSON.parse(data)}/`)) location.reload();
});
