// Datasets: features and targets to learn from.
//
// In come files, bundled sets and generators; out come `Dataset`s, split, scaled and one-hot.
// Imports Tensors and Formats.
