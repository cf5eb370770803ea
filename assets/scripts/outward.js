// Nothing here is needed to use a page: it lets a map be zoomed and moved, shows a slider's value while it moves, and
// finds records in a long list to choose from. What lies under the pointer is lit by the styles alone.

const CLOSER = 1.25;

/** Scale a map's drawing about its middle; the region around it scrolls. */
function zoom(figure, factor) {
  const svg = figure.querySelector("svg");
  const region = figure.querySelector(".outward-scroll");
  const width = svg.getBoundingClientRect().width;
  const height = svg.getBoundingClientRect().height;
  const middle = {
    x: (region.scrollLeft + region.clientWidth / 2) / width,
    y: (region.scrollTop + region.clientHeight / 2) / height,
  };
  figure.classList.add("outward-mapframe--zoomed");
  const wanted = Math.min(Math.max(width * factor, 200), 6000);
  size(svg, wanted, (wanted * height) / width);
  region.scrollLeft = middle.x * wanted - region.clientWidth / 2;
  region.scrollTop = (middle.y * wanted * height) / width - region.clientHeight / 2;
}

function size(svg, width, height) {
  svg.style.maxWidth = "none";
  svg.setAttribute("width", Math.round(width));
  svg.setAttribute("height", Math.round(height));
}

/** Show the whole width of the map. */
function fit(figure) {
  figure.classList.remove("outward-mapframe--zoomed");
  const svg = figure.querySelector("svg");
  const { width, height } = svg.getBoundingClientRect();
  const room = figure.querySelector(".outward-scroll").clientWidth;
  size(svg, room, (room * height) / width);
}

function tool(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

/** Move the map by dragging it; a drag never follows a link. */
function drag(region) {
  let from = null;
  let moved = false;
  region.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX + region.scrollLeft, y: event.clientY + region.scrollTop };
    moved = false;
  });
  region.addEventListener("pointermove", (event) => {
    if (!from) return;
    const left = from.x - event.clientX;
    const top = from.y - event.clientY;
    moved = moved || Math.hypot(left - region.scrollLeft, top - region.scrollTop) > 4;
    if (moved) region.scrollTo(left, top);
  });
  window.addEventListener("pointerup", () => (from = null));
  region.addEventListener("dragstart", (event) => event.preventDefault());
  region.addEventListener("click", (event) => moved && event.preventDefault(), true);
}

for (const figure of document.querySelectorAll(".outward-mapframe")) {
  const tools = document.createElement("div");
  tools.className = "outward-mapframe__tools";
  const named = figure.querySelector(".outward-scroll").getAttribute("aria-label");
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", `Size of: ${named}`);
  tools.append(
    tool("Zoom in", () => zoom(figure, CLOSER)),
    tool("Zoom out", () => zoom(figure, 1 / CLOSER)),
    tool("Fit to width", () => fit(figure)),
  );
  figure.prepend(tools);
  const region = figure.querySelector(".outward-scroll");
  const start = (figure.querySelector(".outward-end") ?? figure.querySelector("svg")).getBoundingClientRect();
  const left = region.getBoundingClientRect().left + region.clientWidth / 2;
  region.scrollLeft += start.left + start.width / 2 - left;
  drag(region);
}

for (const range of document.querySelectorAll(".outward-range")) {
  const value = document.getElementById(`${range.id}-value`);
  range.addEventListener("input", () => (value.textContent = range.value));
}

/** Show how far long work is, without loading the page again; go on when it is over. */
async function follow(progress) {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector(".outward-progress");
    if (!answer.ok || !now || now.dataset.state !== progress.dataset.state) return location.replace(answer.url);
    const said = now.querySelector("#said").textContent;
    if (said !== progress.querySelector("#said").textContent) progress.querySelector("#said").textContent = said;
    progress.querySelector("progress").value = now.querySelector("progress").value;
  } catch {
    // The pages are closed, or start again: look once more.
  }
  setTimeout(follow, 1000, progress);
}

for (const progress of document.querySelectorAll(".outward-progress")) setTimeout(follow, 500, progress);

/** Let somebody find records in a long list of boxes by their words; what is ticked stays in sight. */
function findable(list) {
  const items = [...list.querySelectorAll(".govuk-checkboxes__item")];
  const details = list.querySelector("details");
  const box = document.createElement("div");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const said = document.createElement("p");
  box.className = "outward-find";
  label.className = "govuk-hint";
  label.htmlFor = input.id = `find-${list.dataset.for}`;
  label.textContent = `Find among the ${items.length} ${list.dataset.find}`;
  input.className = "govuk-input govuk-input--width-20";
  input.type = "search";
  input.autocomplete = "off";
  said.className = "govuk-body-s";
  said.setAttribute("role", "status");
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const item of items) {
      const text = item.textContent.toLocaleLowerCase();
      const meant = words.every((word) => text.includes(word));
      found += meant;
      item.hidden = !meant && !item.querySelector("input").checked;
    }
    if (words.length) details.open = true;
    said.textContent = words.length ? `${found} of ${items.length} ${list.dataset.find} found` : "";
  });
  box.append(label, input, said);
  list.prepend(box);
}

for (const list of document.querySelectorAll(".outward-checks[data-find]")) findable(list);

/** Lead to what a page tells first, where a browser does not know `autofocus` on what is no field. */
function lead() {
  const first = document.querySelector("[tabindex='-1'][autofocus]");
  if (first && !location.hash && document.activeElement === document.body) first.focus();
}

window.addEventListener("load", () => setTimeout(lead, 300));
