// Show the pages of an offprint. When it is laid out again, each picture is replaced where it stands, so that the
// reader's place is kept; those that are not in the window are loaded when they come into it.
const name = decodeURIComponent(location.pathname).slice(1, -1);
const pages = `/.live/pages/${name.split("/").map(encodeURIComponent).join("/")}`;
const main = document.querySelector("main");
const state = document.getElementById("state");

async function update() {
  const answer = await fetch(pages);
  const { version, sizes } = answer.ok ? await answer.json() : { sizes: [] };
  while (main.children.length > sizes.length) main.lastElementChild.remove();
  sizes.forEach(([width, height], index) => {
    const picture = main.children[index] ?? main.appendChild(new Image());
    Object.assign(picture, { alt: `Page ${index + 1} of ${sizes.length}`, loading: "lazy" });
    picture.style.aspectRatio = `${width} / ${height}`;
    const pixels = Math.round(picture.clientWidth * devicePixelRatio);
    const address = `${pages}/${index + 1}.png?width=${pixels}&of=${version}`;
    if (picture.getAttribute("src") !== address) picture.src = address;
  });
}

function tell(text) {
  state.textContent = text;
}

const events = follow(name);
events.addEventListener("started", ({ data }) => {
  if (JSON.parse(data) === name) tell("Laying out …");
});
events.addEventListener("changed", ({ data }) => {
  if (JSON.parse(data) === name) update();
});
events.addEventListener("reported", () => tell(""));
events.addEventListener("error", () => tell("fleuron live has ended"));
update();
