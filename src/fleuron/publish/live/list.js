// The list of offprints loads itself again when there are others.
follow("").addEventListener("changed", ({ data }) => {
  if (JSON.parse(data) === "") location.reload();
});
