// Draws how many accounts have which health factor, in steps of 0.05 from 0.6 to 2.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const FROM = 0.6;
  const STEP = 0.05;
  const BINS = 28;
  const place = document.getElementById("health");
  const ink = getComputedStyle(document.body).color;
  const chart = echarts.init(place, null, { renderer: "svg" });
  const labels = Array.from({ length: BINS }, (_, i) => (FROM + i * STEP).toFixed(2));
  chart.setOption({
    animation: false,
    textStyle: { color: ink },
    grid: { left: 40, right: 15, top: 15, bottom: 30 },
    xAxis: { type: "category", data: labels, axisLabel: { color: ink } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: ink } },
    tooltip: {},
    series: [{ type: "bar", barCategoryGap: "10%", data: [] }],
  });
  plimsoll.onData("/api/positions?limit=10000", (json) => {
    const counts = new Array(BINS).fill(0);
    for (const position of json.positions) {
      if (position.healthFactor !== null) {
        const bin = Math.floor((Number(position.healthFactor) - FROM) / STEP);
        counts[Math.min(BINS - 1, Math.max(0, bin))] += 1;
      }
    }
    const line = Math.round((1 - FROM) / STEP);
    chart.setOption({ series: [{ data: counts.map((value, i) => ({ value, itemStyle: { color: i < line ? "#b3261e" : "#0b6e99" } })) }] });
  });
  addEventListener("resize", () => chart.resize());
});
