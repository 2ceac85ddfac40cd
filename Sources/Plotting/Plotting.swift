// Plotting: numbers to pictures.
//
// In come numbers; out comes an SVG that needs nothing beside itself: no script, no font, no file.
// A `Figure` holds a grid of `Axes`; `Axes` holds marks (a line, bars, an image …), each defined in
// one file of Marks/. Layout/ measures the text and finds a place for everything, Scales/ picks the
// ticks, Canvas/ writes the SVG. It knows numbers, not networks. Imports Tensors, and Formats for
// writing files.
