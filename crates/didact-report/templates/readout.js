// The numbers under the pointer. Nothing on the page needs this: every figure also stands in a table.
for (const area of document.querySelectorAll("rect[data-frame]")) {
  const [left, right, first, last, top, bottom, least, greatest] = area.dataset.frame.split(" ").map(Number);
  const percent = area.dataset.unit === "percent";
  const svg = area.ownerSVGElement;
  const figure = svg.closest("figure");
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.hidden = true;
  figure.append(readout);
  const value = (y) => {
    const number = least + ((bottom - y) / (bottom - top)) * (greatest - least);
    return percent ? (number * 100).toFixed(1) + " %" : String(Number(number.toPrecision(3)));
  };
  const read = (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    const share = Math.min(1, Math.max(0, (x - left) / (right - left)));
    const epoch = Math.round(first + share * (last - first));
    const words = [];
    for (const series of svg.querySelectorAll("g[data-name]")) {
      for (const point of Array.from(series.querySelectorAll("polyline")).flatMap((line) => Array.from(line.points))) {
        const near = Math.round(first + ((point.x - left) / (right - left)) * (last - first));
        if (near === epoch) words.push(series.dataset.name + " " + value(point.y));
      }
    }
    readout.textContent = "epoch " + epoch + ": " + words.join(" · ");
    readout.hidden = words.length === 0;
  };
  svg.addEventListener("pointermove", read);
  svg.addEventListener("pointerleave", () => { readout.hidden = true; });
}
