// Draw the figure and lead a click on a point to the quotations of its case.
(() => {
  const { figure, anchors } = JSON.parse(document.getElementById("figure-data").textContent);
  const place = document.getElementById("figure");
  const options = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["lasso2d", "select2d"] };
  Plotly.newPlot(place, figure.data, figure.layout, options).then(() => {
    place.on("plotly_click", (event) => {
      const about = event.points[0].customdata;
      const anchor = about && anchors[about[0]];
      if (anchor) location.hash = anchor;
    });
  });
})();
