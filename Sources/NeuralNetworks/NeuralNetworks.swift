// NeuralNetworks: layers, losses, optimizers, and the training of models made of them.
//
// In come datasets and a description of a network; out come trained models, their history and
// predictions. Imports Tensors, Formats and Datasets.
