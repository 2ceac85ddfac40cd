// Myelin: the umbrella. It re-exports the libraries, and holds what needs several of them.

@_exported public import Datasets
@_exported public import Formats
@_exported public import NeuralNetworks
@_exported public import Plotting
@_exported public import Tensors
