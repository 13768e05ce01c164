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
  const marked = document.querySelector(".mark.on, .line.on");
  if (marked && !location.hash) marked.scrollIntoView({ block: "center" });
}
for (const fact of document.querySelectorAll("a.fact")) {
  fact.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(fact);
  });
}

// The pictures of a Word file are made when it is first opened: they take their place as soon as they are there.
if (document.querySelector("[data-printing]")) {
  const look = async (left) => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (answer && answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!fresh.querySelector("[data-printing]")) {
        if (!document.querySelector("form.edit")) return location.reload();
        document.querySelector(".doc").className = fresh.querySelector(".doc").className;
        document.querySelector(".pages").replaceWith(document.adoptNode(fresh.querySelector(".pages")));
        return;
      }
    }
    if (left) setTimeout(look, 2000, left - 1);
  };
  setTimeout(look, 1500, 120);
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
  drop.classList.add("listed");
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

// Where nothing was found so far, the page looks on by itself.
const onward = document.querySelector("a[data-onward]");
if (onward) location.replace(onward.href);

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
  const wire = (place, k) => {
    place.addEventListener("focusin", () => { if (k !== at) go(k, false); });
    const field = place.querySelector("details.edit");
    if (field) field.addEventListener("toggle", () => {
      if (field.open && document.activeElement.tagName !== "INPUT") write(field);
    });
  };
  go(0, false);
  places.forEach(wire);
  fill(places, wire);
  const write = (field) => {
    const input = field.querySelector("input:not([type=hidden])");
    input.focus();
    input.select();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Enter" && event.target.name === "chu") {
        event.preventDefault();
        const form = event.target.form;
        form.requestSubmit(Array.from(form.elements).find((one) => one.value === "edit" && one.type === "submit"));
      } else if (event.key === "Escape") places[at].focus();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "j") go(at + 1, true);
    else if (event.key === "ArrowUp" || event.key === "k") go(at - 1, true);
    else if (["1", "2", "3"].includes(event.key)) {
      const button = places[at].querySelector(`[data-key="${event.key}"]`);
      const field = button && button.closest("details.edit");
      if (field) {
        field.open = true;
        write(field);
      } else if (button) button.click();
    } else return;
    event.preventDefault();
  });
}

// The server looks through directives for so long and shows what it has found: a list that is short goes on with what
// the next ones have.
async function fill(places, wire) {
  const list = places[0].parentElement;
  const more = document.querySelector("a[data-more]");
  const start = list.querySelector('input[name="tu"]').value;
  const enough = Number(list.dataset.enough);
  for (let looks = 0; more && places.length < enough && looks < 200; looks += 1) {
    const answer = await fetch(more.href).catch(() => null);
    if (!answer || !answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of next.querySelectorAll("[data-review]")) {
      list.append(document.adoptNode(place));
      for (const field of place.querySelectorAll('input[name="tu"]')) field.value = start;
      wire(place, places.push(place) - 1);
    }
    const onward = next.querySelector("a[data-more], a[data-onward]");
    if (!onward) {
      more.remove();
      return;
    }
    more.setAttribute("href", onward.getAttribute("href"));
  }
}

// Suggestions while a question is typed: arrows choose, Enter searches, Escape closes.
const asked = document.querySelector("input#q");
if (asked) {
  const list = document.getElementById("goi-y");
  let waiting = 0;
  let typed = "";
  let at = -1;
  const options = () => Array.from(list.children);
  const close = () => {
    list.hidden = true;
    at = -1;
    asked.setAttribute("aria-expanded", "false");
    asked.removeAttribute("aria-activedescendant");
  };
  const choose = (next) => {
    const rows = options();
    at = next < -1 ? rows.length - 1 : next >= rows.length ? -1 : next;
    for (const [k, row] of rows.entries()) row.setAttribute("aria-selected", String(k === at));
    asked.value = at < 0 ? typed : rows[at].dataset.text;
    if (at < 0) return asked.removeAttribute("aria-activedescendant");
    asked.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const take = (row) => {
    asked.value = row.dataset.text;
    close();
    asked.form.requestSubmit();
  };
  const offer = (found) => {
    list.replaceChildren(...found.map((row, k) => {
      const item = document.createElement("li");
      item.id = `goi-y-${k}`;
      item.role = "option";
      item.dataset.text = row.text;
      item.setAttribute("aria-selected", "false");
      item.append(row.text);
      if (row.about) {
        const about = document.createElement("small");
        about.textContent = row.about;
        item.append(" ", about);
      }
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    at = -1;
    list.hidden = !found.length;
    asked.setAttribute("aria-expanded", String(Boolean(found.length)));
  };
  asked.addEventListener("input", () => {
    clearTimeout(waiting);
    typed = asked.value;
    waiting = setTimeout(async () => {
      const question = typed.trim();
      if (question.length < 2) return close();
      try {
        const answer = await fetch("/v1/suggest?q=" + encodeURIComponent(question));
        if (typed.trim() === question && document.activeElement === asked) offer(answer.ok ? await answer.json() : []);
      } catch (error) {
        close();
      }
    }, 150);
  });
  asked.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at - 1);
    else if (event.key === "Escape") { asked.value = typed; close(); }
    else return;
    event.preventDefault();
  });
  asked.addEventListener("blur", close);
  asked.form.addEventListener("submit", close);
}
