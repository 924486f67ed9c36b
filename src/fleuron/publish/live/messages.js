// Follow what is built of the sources: what is wrong with them is shown at the foot of the window.
function follow(shown) {
  const events = new EventSource(`/.live/events?${encodeURIComponent(shown)}`);
  events.addEventListener("reported", ({ data }) => {
    const messages = JSON.parse(data);
    document.getElementById("live-messages")?.remove();
    if (!messages) return;
    const box = document.createElement("pre");
    Object.assign(box, { id: "live-messages", role: "alert", dir: "ltr", lang: "en", textContent: messages });
    Object.assign(box.style, {
      position: "fixed", insetInline: 0, bottom: 0, zIndex: 99, maxHeight: "40vh", overflow: "auto", margin: 0,
      padding: "1rem", whiteSpace: "pre-wrap", overflowWrap: "anywhere", font: "0.85rem/1.4 monospace",
      color: "#fff", background: "#7a2415",
    });
    document.body.append(box);
  });
  return events;
}
