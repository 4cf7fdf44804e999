// Files beside the answers: another one without loading the page again; images larger, smaller, turned.
(() => {
  "use strict";
  const viewer = document.querySelector("[data-viewer]");
  if (!viewer) return;
  const sheet = viewer.querySelector("[data-sheet]");
  const tools = viewer.querySelector("[data-image-tools]");
  const papers = [...document.querySelectorAll("[data-papers] [data-file]")];
  let at = papers.findIndex((paper) => paper.hasAttribute("aria-current"));
  let zoom = 1;
  let turns = 0;

  // An image fits into the sheet at zoom 1; a turned one takes the room that it then needs.
  const fit = () => {
    const image = sheet.querySelector("img");
    tools.hidden = !image;
    if (!image?.naturalWidth || !sheet.clientWidth) return;
    const turned = turns % 2 === 1;
    const [wide, high] = [image.naturalWidth, image.naturalHeight];
    const scale = zoom * Math.min(sheet.clientWidth / (turned ? high : wide), sheet.clientHeight / (turned ? wide : high));
    const [width, height] = [wide * scale, high * scale];
    const extra = turned ? (width - height) / 2 : 0;
    image.style.maxWidth = image.style.maxHeight = "none";
    image.style.width = `${width}px`;
    image.style.height = `${height}px`;
    const left = Math.max(0, (sheet.clientWidth - (turned ? height : width)) / 2);
    image.style.margin = `${extra}px ${-extra}px ${extra}px ${left - extra}px`;
    image.style.transform = `rotate(${turns * 90}deg)`;
  };

  const fresh = () => {
    zoom = 1;
    turns = 0;
    const image = sheet.querySelector("img");
    image?.addEventListener("load", fit);
    fit();
  };

  const show = (place) => {
    const paper = papers[place];
    if (!paper) return;
    at = place;
    const { kind, src, name, field, file } = paper.dataset;
    const made = document.createElement(kind === "image" ? "img" : "iframe");
    if (kind === "image") made.alt = name;
    else made.title = name;
    made.src = kind === "image" ? src : `${src}#navpanes=0&view=FitH`;
    sheet.replaceChildren(made);
    viewer.classList.add("chosen");
    viewer.querySelector("#viewer-name").textContent = name;
    viewer.querySelector("#viewer-field").textContent = field;
    viewer.querySelector("#viewer-number").textContent = place + 1;
    papers.forEach((one) => one.removeAttribute("aria-current"));
    paper.setAttribute("aria-current", "true");
    for (const step of viewer.querySelectorAll("[data-step]")) {
      const next = papers[place + Number(step.dataset.step)];
      step.hidden = !next;
      if (next) step.href = `?file=${next.dataset.file}#viewer`;
    }
    const address = new URL(location.href);
    address.searchParams.set("file", file);
    history.replaceState(null, "", address);
    fresh();
    // On a narrow screen the viewer stands elsewhere than what was pressed.
    const box = viewer.getBoundingClientRect();
    if (box.bottom < 80 || box.top > innerHeight - 80) viewer.scrollIntoView({ block: "start" });
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-show], a[data-step]");
    if (!link) return;
    const place = link.dataset.show ? papers.findIndex((one) => one.dataset.file === link.dataset.show) : at + Number(link.dataset.step);
    if (!papers[place] || papers[place].dataset.kind === "other") return;
    event.preventDefault();
    show(place);
  });
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.zoom) zoom = Math.min(8, Math.max(0.5, zoom * Number(button.dataset.zoom)));
    else turns = (turns + 1) % 4;
    fit();
  });
  addEventListener("resize", fit);
  fresh();
})();
