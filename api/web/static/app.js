// Small conveniences; every page works without this file.
"use strict";

// A form that is sent as soon as a choice changes.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// The button that prints the page.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

// A click on a fact marks its boxes on the page image and its lines, without loading the page again.
function show(fact) {
  for (const old of document.querySelectorAll(".fact.on, .mark.on, .line.on")) old.classList.remove("on");
  fact.classList.add("on");
  const boxes = document.querySelectorAll(`.mark[data-fact="${CSS.escape(fact.dataset.fact)}"]`);
  const lines = (fact.dataset.lines || "").split(" ").filter(Boolean).map((place) => document.getElementById("d" + place));
  for (const box of boxes) box.classList.add("on");
  for (const line of lines) if (line) line.classList.add("on");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const target = boxes[0] || lines[0];
  if (target) target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  history.replaceState(null, "", "?dau=" + encodeURIComponent(fact.dataset.fact));
}
const chosen = document.querySelector(".side a.fact.on");
if (chosen) {
  const closed = chosen.closest("details");
  if (closed) closed.open = true;
  const side = chosen.closest(".side");
  side.scrollTop += chosen.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
}
for (const fact of document.querySelectorAll("a.fact")) {
  fact.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(fact);
  });
}

// A large drawing opens at the directive that it is about.
const drawing = document.querySelector(".drawing");
if (drawing) {
  const names = Array.from(drawing.querySelectorAll("g.node text"));
  const centre = names.find((name) => name.textContent === drawing.dataset.number);
  if (centre) {
    const box = centre.getBoundingClientRect();
    const frame = drawing.getBoundingClientRect();
    drawing.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
    drawing.scrollTop += box.top - frame.top - frame.height / 2;
  }
}

// Files dragged onto the field, and the list of what was chosen.
const drop = document.querySelector(".drop");
if (drop) {
  const input = drop.querySelector("input");
  const list = document.querySelector(".chosen");
  const tell = () => {
    list.replaceChildren(...Array.from(input.files, (file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} (${(file.size / 1048576).toLocaleString("vi", { maximumFractionDigits: 1 })} MB)`;
      return item;
    }));
  };
  input.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    tell();
  });
}

// The progress of an upload: the page is fetched again until the job has ended.
const job = document.getElementById("job");
if (job && job.dataset.running === "1") {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const state = fresh.getElementById("job");
      document.querySelector("ul.job").replaceWith(fresh.querySelector("ul.job"));
      job.textContent = state.textContent;
      if (state.dataset.running !== "1") return;
    } catch (error) {
      job.textContent = "Chưa liên lạc được với máy chủ, đang thử lại…";
    }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1000);
}

// Deciding unsure places with one keystroke: 1 right, 2 edit, 3 reject, arrows for the next and the one before.
const places = Array.from(document.querySelectorAll("[data-review]"));
if (places.length) {
  let at = 0;
  const go = (next, move) => {
    places[at].classList.remove("on");
    at = Math.max(0, Math.min(places.length - 1, next));
    places[at].classList.add("on");
    if (move) places[at].focus({ preventScroll: true });
    if (move) places[at].scrollIntoView({ block: "nearest" });
  };
  go(0, false);
  for (const [k, place] of places.entries()) {
    place.addEventListener("focusin", () => { if (k !== at) go(k, false); });
    const edit = place.querySelector('button[data-key="2"]');
    if (edit) edit.addEventListener("click", () => open(place));
  }
  const open = (place) => {
    const field = place.querySelector("details.edit");
    if (!field) return;
    field.open = true;
    const input = field.querySelector("input");
    input.focus();
    input.select();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Enter" && event.target.name === "chu") {
        event.preventDefault();
        const form = event.target.form;
        form.requestSubmit(form.querySelector('button[value="edit"]'));
      } else if (event.key === "Escape") places[at].focus();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "j") go(at + 1, true);
    else if (event.key === "ArrowUp" || event.key === "k") go(at - 1, true);
    else if (["1", "2", "3"].includes(event.key)) {
      const button = places[at].querySelector(`button[data-key="${event.key}"]`);
      if (button) button.click();
    } else return;
    event.preventDefault();
  });
}

// Suggestions while a question is typed.
const asked = document.querySelector("input#q");
if (asked) {
  const list = document.getElementById("goi-y");
  let waiting = 0;
  asked.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.inputType === undefined || event.inputType === "insertReplacementText") return;
    waiting = setTimeout(async () => {
      const typed = asked.value.trim();
      if (typed.length < 2) return list.replaceChildren();
      try {
        const answer = await fetch("/v1/suggest?q=" + encodeURIComponent(typed));
        if (!answer.ok || typed !== asked.value.trim()) return;
        list.replaceChildren(...(await answer.json()).map((row) => {
          const option = document.createElement("option");
          option.value = row.text;
          if (row.about) option.label = row.about;
          return option;
        }));
      } catch (error) {
        list.replaceChildren();
      }
    }, 150);
  });
}
