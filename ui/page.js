// What the pages do in the browser: the evidence drawer, copying, voting, the theme. Loads nothing from outside.
(() => {
  "use strict";
  const english = location.pathname.startsWith("/en") || new URLSearchParams(location.search).get("lang") === "en";
  const words = english
    ? { close: "Close", evidence: "Evidence", apart: "Open apart", failed: "The evidence could not be loaded.",
        working: "Looking it up", slow: "This takes longer than usual. You may ask again." }
    : { close: "关闭", evidence: "出处", apart: "单独打开", failed: "出处没有取到，请再试一次。",
        working: "正在查阅", slow: "比平常慢，可以再问一次。" };
  document.documentElement.lang = english ? "en" : "zh-CN";
  const alone = () => document.body.classList.contains("mz-alone");
  const themed = localStorage.getItem("mingzhang-theme");
  const setTheme = (dark) => {
    document.body.classList.toggle("dark", dark);
    localStorage.setItem("mingzhang-theme", dark ? "dark" : "light");
  };
  let zoom = 1;
  let opener = null;

  function drawer() {
    let box = document.getElementById("mz-drawer");
    if (box) return box;
    box = document.createElement("aside");
    box.id = "mz-drawer";
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", words.evidence);
    box.innerHTML =
      '<div class="mz-drawer-head"><strong></strong><a class="mz-tool" target="_blank" rel="noopener"></a>' +
      '<button type="button" class="mz-tool" data-mz-close></button></div>' +
      '<div class="mz-drawer-body" aria-live="polite" tabindex="-1"></div>';
    box.querySelector("strong").textContent = words.evidence;
    box.querySelector("a").textContent = words.apart;
    const close = box.querySelector("[data-mz-close]");
    close.textContent = "✕";
    close.setAttribute("aria-label", words.close);
    document.body.appendChild(box);
    if (matchMedia("(max-width: 999px)").matches) {
      box.setAttribute("aria-modal", "true");
      if (behind()) behind().inert = true;
    }
    if (!(history.state && history.state.mzDrawer)) history.pushState({ ...history.state, mzDrawer: true }, "");
    return box;
  }

  // On a phone the drawer is the whole screen: what lies behind it is out of reach, and "back" closes it.
  const behind = () => document.querySelector("gradio-app") || document.querySelector(".gradio-container");

  function removeDrawer() {
    const box = document.getElementById("mz-drawer");
    if (!box) return;
    box.remove();
    document.body.classList.remove("mz-drawn");
    if (behind()) behind().inert = false;
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  function closeDrawer() {
    if (!document.getElementById("mz-drawer")) return;
    if (history.state && history.state.mzDrawer) history.back();
    else removeDrawer();
  }

  window.addEventListener("popstate", removeDrawer);

  async function open(address, from) {
    const box = drawer();
    if (from && !box.contains(from)) opener = from;
    document.body.classList.add("mz-drawn");
    const body = box.querySelector(".mz-drawer-body");
    box.querySelector(".mz-drawer-head a").href = address;
    body.setAttribute("aria-busy", "true");
    document.querySelectorAll(".mz-mark.mz-now").forEach((mark) => mark.classList.remove("mz-now"));
    if (from && from.classList.contains("mz-mark")) from.classList.add("mz-now");
    try {
      const url = new URL(address, location.href);
      if (english) url.searchParams.set("lang", "en");
      const response = await fetch(url.pathname + "/fragment" + url.search);
      body.innerHTML = await response.text(); // escaped by the server
    } catch {
      body.textContent = words.failed;
    }
    body.removeAttribute("aria-busy");
    body.focus({ preventScroll: true });
    body.scrollTop = 0;
    settle(body);
  }

  // Zoom stays as it was while pages are turned; the lit box comes into view.
  function settle(root) {
    const page = root.querySelector(".mz-page");
    if (page) page.style.width = zoom * 100 + "%";
    const frame = root.querySelector(".mz-page-frame");
    const lit = root.querySelector(".mz-lit") || root.querySelector(".mz-lit-around");
    const show = () => {
      if (frame && lit) {
        frame.scrollTop = lit.offsetTop - frame.clientHeight / 2;
        frame.scrollLeft = lit.offsetLeft - frame.clientWidth / 2;
      }
    };
    show();
    const image = root.querySelector(".mz-page img");
    if (image && !image.complete) image.addEventListener("load", show, { once: true });
    const cell = root.querySelector(".mz-grid .mz-cited");
    const around = cell && cell.closest(".mz-scroll");
    if (around) around.scrollTop = cell.offsetTop - around.clientHeight / 2;
  }

  // A question is shown the moment it is sent, and stays until the server's own card of it stands in the chat.
  const questions = () => document.querySelectorAll("#mz-chat .mz-question").length;
  let pending = null;

  function element(name, kind, text) {
    const made = document.createElement(name);
    made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  function waitFor(question) {
    const box = document.getElementById("mz-pending");
    if (!box || !question.trim()) return;
    const note = element("div", "mz-answer", words.working);
    const dots = element("span", "mz-dots");
    dots.append(element("i"), element("i"), element("i"));
    note.append(dots);
    box.replaceChildren(element("div", "mz-question", question.trim()), note);
    box.hidden = false;
    box.scrollIntoView({ block: "end", behavior: "smooth" });
    clearTimeout(pending && pending.timer);
    pending = { before: questions(), timer: setTimeout(() => (note.textContent = words.slow), 30000) };
  }

  function arrived() {
    const now = questions();
    if (!pending || now === pending.before) return;
    clearTimeout(pending.timer);
    pending = null;
    const box = document.getElementById("mz-pending");
    if (box) {
      box.hidden = true;
      box.replaceChildren();
    }
    const all = document.querySelectorAll("#mz-chat .mz-question");
    if (all.length) all[all.length - 1].scrollIntoView({ block: "start", behavior: "smooth" });
  }

  new MutationObserver(arrived).observe(document.documentElement, { childList: true, subtree: true });
  const asked = () => {
    const box = document.querySelector("#mz-question textarea, #mz-question input");
    return box ? box.value : "";
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("#mz-question");
    if (typing && event.key === "Enter" && !event.shiftKey && !event.isComposing) waitFor(asked());
  }, true);

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.appendChild(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = "✓ " + button.dataset.done;
    setTimeout(() => (button.textContent = before), 1600);
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest("#mz-send")) return waitFor(asked());
    const offer = target.closest("#mz-chat .option, #mz-chat .example");
    if (offer) return waitFor(offer.textContent);
    const link = target.closest("a.mz-open");
    if (link && !alone() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link.getAttribute("href"), link);
      return;
    }
    if (target.closest("[data-mz-close]")) return closeDrawer();
    const button = target.closest("[data-mz-zoom]");
    if (button) {
      zoom = Math.min(4, Math.max(1, zoom + 0.5 * Number(button.dataset.mzZoom)));
      return settle(button.closest(".mz-evidence"));
    }
    const copying = target.closest("[data-mz-copy]");
    if (copying) {
      const share = copying.parentElement.querySelector("[data-mz-share]");
      return copy(copying.dataset.mzCopy + "\n" + (share ? share.href : ""), copying);
    }
    const sharing = target.closest("[data-mz-share]");
    if (sharing) {
      event.preventDefault();
      return copy(sharing.href, sharing);
    }
    const vote = target.closest("[data-mz-vote]");
    if (vote) {
      const tools = vote.closest(".mz-tools");
      const form = tools.querySelector(".mz-vote");
      tools.querySelectorAll("[data-mz-vote]").forEach((b) => b.setAttribute("aria-pressed", String(b === vote)));
      form.dataset.vote = vote.dataset.mzVote;
      form.hidden = false;
      form.querySelector("input").focus();
      return;
    }
    if (target.closest("[data-mz-theme]")) setTheme(!document.body.classList.contains("dark"));
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.classList.contains("mz-vote")) return;
    event.preventDefault();
    const tools = form.closest(".mz-tools");
    const body = {
      question: tools.dataset.question.slice(0, 2000), status: tools.dataset.status, vote: form.dataset.vote,
      reason: form.querySelector("input").value,
    };
    const answer = await fetch("/api/feedback", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const told = await answer.json();
    form.textContent = told.message || told.detail || "";
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
  });

  function start() {
    if (themed) document.body.classList.toggle("dark", themed === "dark");
    else if (alone()) document.body.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
    if (alone()) settle(document);
  }
  document.body ? start() : document.addEventListener("DOMContentLoaded", start);
})();
