#!/usr/bin/env python3
"""Trains one of the jobs of `myelin bench` with another library, and prints the times as JSON.

    Benchmarks/training_peers.py jax mnist 1    # at least a second of training
    Benchmarks/training_peers.py jax start      # trains a network for XOR and prints its loss

training_comparison.py runs this, each peer and job in a process of its own. A peer is written as
its users write for speed, and does what Myelin does: the job's shapes, activations, loss and plain
SGD in float32, a new batch and changed weights in every step.
"""

import dataclasses
import importlib.metadata
import json
import os
import statistics
import sys
import time

import numpy as np


@dataclasses.dataclass(frozen=True)
class Job:
    samples: int
    widths: tuple
    hidden: str  # the activation of the hidden layers
    output: str
    loss: str
    batch: int
    draw: str  # how rows are taken: at random, in order, all
    rate: float

    @property
    def layers(self):
        return list(zip(self.widths, self.widths[1:]))


# The jobs of `myelin bench`: Sources/MyelinCLI/Benchmark/TrainingJob.swift has the same.
JOBS = {
    "xor": Job(100, (2, 3, 2), "sigmoid", "softmax", "cross-entropy", 32, "random", 0.5),
    "moons": Job(200, (2, 4, 1), "sigmoid", "sigmoid", "log", 200, "all", 0.5),
    "digits": Job(1257, (64, 10, 10), "sigmoid", "softmax", "cross-entropy", 32, "random", 0.1),
    "mnist": Job(60000, (784, 128, 10), "relu", "sigmoid", "mse", 256, "in order", 0.1),
    "wide": Job(
        16384, (784, 1024, 1024, 10), "relu", "softmax", "cross-entropy", 1024, "random", 0.01),
    # Not timed by itself: what `start` trains.
    "start": Job(4, (2, 3, 2), "sigmoid", "softmax", "cross-entropy", 4, "all", 5.0),
}
START_STEPS = 1000
PREDICT = (784, 128, 10)  # relu, sigmoid


def data(name):
    """Features, targets and labels that can be learnt, of the same kind as in `myelin bench`."""
    job, random = JOBS[name], np.random.default_rng(7)
    if name == "xor":
        x = random.random((job.samples, 2), np.float32)
        labels = ((x[:, 0] > 0.5) != (x[:, 1] > 0.5)).astype(np.int64)
    elif name == "start":
        x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        labels = np.array([0, 1, 1, 0])
    elif name == "moons":
        labels = np.arange(job.samples) % 2
        angle = np.pi * random.random(job.samples)
        x = np.stack([np.cos(angle), np.sin(angle)], 1)
        x = np.where(labels[:, None] == 1, [1, 0.5] - x, x) + random.normal(0, 0.1, x.shape)
    else:  # a template for each class, half hidden by noise
        templates = random.random((job.widths[-1], job.widths[0]), np.float32)
        labels = np.arange(job.samples) % job.widths[-1]
        x = random.random((job.samples, job.widths[0]), np.float32)
        x += templates[labels]
        x *= 0.5
    outputs = job.widths[-1]
    targets = np.eye(outputs)[labels] if outputs > 1 else labels[:, None]
    return x.astype(np.float32), targets.astype(np.float32), labels


def first_weights(job):
    """Weights and biases as the layers of `myelin bench` begin: Glorot's or He's uniform."""
    random = np.random.default_rng(1)
    parts = []
    for layer, (inputs, units) in enumerate(job.layers):
        relu = job.hidden == "relu" and layer < len(job.layers) - 1
        limit = (6 / inputs if relu else 6 / (inputs + units)) ** 0.5
        parts.append([random.uniform(-limit, limit, (inputs, units)).astype(np.float32),
                      np.zeros(units, np.float32)])
    return parts


class Rows:
    """The rows of one step after the other, for libraries that take them as a slice or an array."""

    def __init__(self, job):
        self.job, self.start, self.random = job, 0, np.random.default_rng(3)

    def next(self):
        job = self.job
        if job.draw == "all":
            return slice(None)
        if job.draw == "random":
            return self.random.integers(0, job.samples, job.batch)
        if self.start + job.batch > job.samples:
            self.start = 0
        self.start += job.batch
        return slice(self.start - job.batch, self.start)


# Each peer is a function of a job's name that returns `train`, which does some steps and waits for
# them, the number of those steps, and `loss`, the loss over some of the samples as it is then.


def loss_of(job, logits, targets):
    """The loss in NumPy, of what goes into the last activation."""
    z = np.asarray(logits, np.float64)
    if job.loss == "cross-entropy":
        top = z.max(1, keepdims=True)
        return float((np.log(np.exp(z - top).sum(1)) + top[:, 0] - (z * targets).sum(1)).mean())
    if job.loss == "log":
        return float((np.maximum(z, 0) - z * targets + np.log1p(np.exp(-abs(z)))).mean())
    return float(((1 / (1 + np.exp(-z)) - targets) ** 2).mean())


def numpy_loss(name, weights, x, y, rows=2000):
    job, a = JOBS[name], x[:rows]
    for layer, (w, b) in enumerate(weights):
        a = a @ np.asarray(w) + np.asarray(b)
        if layer < len(weights) - 1:
            a = 1 / (1 + np.exp(-a)) if job.hidden == "sigmoid" else np.maximum(a, 0)
    return loss_of(job, a, y[:rows])


def numpy_peer(name):
    job = JOBS[name]
    x, y, _ = data(name)
    weights, rows = first_weights(job), Rows(job)
    rate, last = np.float32(job.rate), len(weights) - 1

    def activate(z, kind):
        if kind == "relu":
            return np.maximum(z, 0, out=z)
        if kind == "sigmoid":
            np.negative(z, out=z)
            np.exp(z, out=z)
            z += 1
            return np.reciprocal(z, out=z)
        z -= z.max(1, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(1, keepdims=True)
        return z

    def step():
        chosen = rows.next()
        a = [x[chosen]]
        for layer, (w, b) in enumerate(weights):
            z = a[-1] @ w
            z += b
            a.append(activate(z, job.output if layer == last else job.hidden))
        d = a[-1] - y[chosen]
        if job.loss == "mse":
            d *= 2 / d.shape[1] * a[-1] * (1 - a[-1])
        d /= len(d)
        for layer in range(last, -1, -1):
            w, b = weights[layer]
            gradient, column = a[layer].T @ d, d.sum(0)
            if layer:
                d = d @ w.T
                d *= a[layer] * (1 - a[layer]) if job.hidden == "sigmoid" else a[layer] > 0
            gradient *= rate
            w -= gradient
            b -= rate * column

    steps = {"mnist": 20, "wide": 1}.get(name, 500)

    def train():
        for _ in range(steps):
            step()

    return train, steps, lambda: numpy_loss(name, weights, x, y)


def torch_peer(name, compiled=False):
    import torch
    import torch.nn.functional as functional

    torch.set_num_threads(os.cpu_count())
    job = JOBS[name]
    x, y, _ = data(name)
    inputs, targets = torch.from_numpy(x), torch.from_numpy(y)
    modules = []
    for layer, (w, b) in enumerate(first_weights(job)):
        linear = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w.T))
            linear.bias.copy_(torch.from_numpy(b))
        modules.append(linear)
        if layer < len(job.layers) - 1:
            modules.append(torch.nn.Sigmoid() if job.hidden == "sigmoid" else torch.nn.ReLU())
    network = torch.nn.Sequential(*modules)

    def loss_from(logits, wanted):
        if job.loss == "cross-entropy":
            return functional.cross_entropy(logits, wanted)
        if job.loss == "log":
            return functional.binary_cross_entropy_with_logits(logits, wanted)
        return functional.mse_loss(torch.sigmoid(logits), wanted)

    def forward(batch, wanted):
        return loss_from(network(batch), wanted)

    if compiled:
        forward = torch.compile(forward)
    optimizer = torch.optim.SGD(network.parameters(), lr=job.rate, fused=True)
    rows = Rows(job)

    def step():
        if job.draw == "random":
            chosen = torch.randint(job.samples, (job.batch,))
            batch, wanted = inputs[chosen], targets[chosen]
        else:
            chosen = rows.next()
            batch, wanted = inputs[chosen], targets[chosen]
        optimizer.zero_grad()
        forward(batch, wanted).backward()
        optimizer.step()

    steps = {"mnist": 20, "wide": 1}.get(name, 200)

    def train():
        for _ in range(steps):
            step()

    def loss():
        with torch.no_grad():
            return loss_of(job, network(inputs[:2000]).numpy(), y[:2000])

    return train, steps, loss


def jax_peer(name):
    import jax
    import jax.numpy as jnp

    job = JOBS[name]
    x, y, _ = data(name)
    inputs, targets = jnp.asarray(x), jnp.asarray(y)
    steps = {"mnist": 234, "wide": 4, "start": START_STEPS}.get(name, 4000)

    def loss_from(weights, a, wanted):
        for layer, (w, b) in enumerate(weights):
            a = a @ w + b
            if layer < len(weights) - 1:
                a = jax.nn.sigmoid(a) if job.hidden == "sigmoid" else jax.nn.relu(a)
        if job.loss == "cross-entropy":
            return -(wanted * jax.nn.log_softmax(a)).sum(1).mean()
        if job.loss == "log":
            return (jnp.maximum(a, 0) - a * wanted + jnp.log1p(jnp.exp(-jnp.abs(a)))).mean()
        return ((jax.nn.sigmoid(a) - wanted) ** 2).mean()

    def many(weights, key, inputs, targets):
        key, own = jax.random.split(key)
        # All the rows of the loop in one draw: a draw in each step costs more than the step.
        drawn = None
        if job.draw == "random":
            drawn = jax.random.randint(own, (steps, job.batch), 0, job.samples)

        def step(number, weights):
            if job.draw == "all":
                batch, wanted = inputs, targets
            elif job.draw == "random":
                batch, wanted = inputs[drawn[number]], targets[drawn[number]]
            else:
                start = number * job.batch % (job.samples - job.batch + 1)
                batch = jax.lax.dynamic_slice_in_dim(inputs, start, job.batch)
                wanted = jax.lax.dynamic_slice_in_dim(targets, start, job.batch)
            gradient = jax.grad(loss_from)(weights, batch, wanted)
            return jax.tree.map(lambda w, g: w - job.rate * g, weights, gradient)

        return jax.lax.fori_loop(0, steps, step, weights), key

    many = jax.jit(many, donate_argnums=(0, 1))
    state = [jax.tree.map(jnp.asarray, first_weights(job)), jax.random.PRNGKey(0)]

    def train():
        state[:] = many(*state, inputs, targets)
        jax.block_until_ready(state)

    return train, steps, lambda: numpy_loss(name, state[0], x, y)


def keras_peer(name):
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import keras

    job = JOBS[name]
    x, y, _ = data(name)
    layers = [keras.layers.Dense(units, activation=job.hidden) for units in job.widths[1:-1]]
    network = keras.Sequential([
        keras.Input((job.widths[0],)), *layers,
        keras.layers.Dense(job.widths[-1], activation=job.output)])
    for layer, weights in zip(network.layers, first_weights(job)):
        layer.set_weights(weights)
    kinds = {"cross-entropy": "categorical_crossentropy", "log": "binary_crossentropy"}
    # An epoch costs much beside its steps: where it has few, it goes through the data often.
    repeats = -(-100 * job.batch // job.samples)
    x_many, y_many = np.tile(x, (repeats, 1)), np.tile(y, (repeats, 1))
    epoch = -(-len(x_many) // job.batch)
    network.compile(
        keras.optimizers.SGD(job.rate), kinds.get(job.loss, job.loss), jit_compile=True,
        steps_per_execution=epoch)

    def train():
        network.fit(x_many, y_many, batch_size=job.batch, verbose=0, shuffle=job.draw == "random")

    return train, epoch, lambda: numpy_loss(
        name, [layer.get_weights() for layer in network.layers], x, y)


def sklearn_peer(name):
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.filterwarnings("ignore")  # that it stops before it has converged
    job = JOBS[name]
    x, y, labels = data(name)
    epoch = -(-job.samples // job.batch)
    epochs = max(1, 100 // epoch)
    # There is no squared error of sigmoids for classes: mnist has softmax and its loss here.
    network = MLPClassifier(
        job.widths[1:-1], activation={"sigmoid": "logistic"}.get(job.hidden, job.hidden),
        solver="sgd", batch_size=job.batch, max_iter=epochs, n_iter_no_change=10**9, momentum=0,
        nesterovs_momentum=False, alpha=0, learning_rate_init=job.rate, warm_start=True,
        shuffle=job.draw == "random", random_state=1)

    def train():
        network.fit(x, labels)

    # Its own mean over the last epoch: the first is known once an epoch is done.
    return train, epochs * epoch, lambda: float(network.loss_)


def onnxruntime_predict():
    """One sample through 784-128-10, the fastest of the ways to call it."""
    import onnx
    import onnxruntime

    random = np.random.default_rng(1)
    parts, nodes, name = [], [], "x"
    for layer, (inputs, units) in enumerate(zip(PREDICT, PREDICT[1:])):
        limit = (6 / (inputs + units)) ** 0.5
        w = random.uniform(-limit, limit, (inputs, units)).astype(np.float32)
        parts += [onnx.numpy_helper.from_array(w, f"w{layer}"),
                  onnx.numpy_helper.from_array(np.zeros(units, np.float32), f"b{layer}")]
        nodes += [onnx.helper.make_node("Gemm", [name, f"w{layer}", f"b{layer}"], [f"z{layer}"]),
                  onnx.helper.make_node("Sigmoid" if layer else "Relu", [f"z{layer}"], [f"a{layer}"])]
        name = f"a{layer}"
    value = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        nodes, "network", [value("x", onnx.TensorProto.FLOAT, [1, PREDICT[0]])],
        [value(name, onnx.TensorProto.FLOAT, [1, PREDICT[-1]])], parts)
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=8)
    x = random.random((1, PREDICT[0]), np.float32)
    runs = []
    for threads in sorted({1, os.cpu_count()}):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        binding = session.io_binding()
        binding.bind_ortvalue_input("x", onnxruntime.OrtValue.ortvalue_from_numpy(x))
        binding.bind_ortvalue_output(
            name, onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros((1, PREDICT[-1]), np.float32)))
        runs += [lambda s=session: s.run(None, {"x": x}),
                 lambda s=session, b=binding: s.run_with_iobinding(b)]
    return runs


def numpy_predict():
    (w1, b1), (w2, b2) = first_weights(JOBS["mnist"])
    x = np.random.default_rng(1).random((1, PREDICT[0]), np.float32)
    return [lambda: 1 / (1 + np.exp(-(np.maximum(x @ w1 + b1, 0) @ w2 + b2)))]


def torch_predict():
    import torch

    torch.set_num_threads(os.cpu_count())
    network = torch.nn.Sequential(
        torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10), torch.nn.Sigmoid())
    x = torch.rand(1, PREDICT[0])

    def run():
        with torch.inference_mode():
            network(x)

    return [run]


def jax_predict():
    import jax
    import jax.numpy as jnp

    (w1, b1), (w2, b2) = jax.tree.map(jnp.asarray, first_weights(JOBS["mnist"]))
    predict = jax.jit(lambda x: jax.nn.sigmoid(jax.nn.relu(x @ w1 + b1) @ w2 + b2))
    x = jnp.asarray(np.random.default_rng(1).random((1, PREDICT[0]), np.float32))
    return [lambda: predict(x).block_until_ready()]


TRAINERS = {
    "numpy": numpy_peer,
    "torch": torch_peer,
    "torch.compile": lambda name: torch_peer(name, compiled=True),
    "jax": jax_peer,
    "keras": keras_peer,
    "scikit-learn": sklearn_peer,
}
PREDICTORS = {
    "numpy": numpy_predict, "torch": torch_predict, "jax": jax_predict,
    "onnxruntime": onnxruntime_predict,
}
PEERS = list(dict.fromkeys([*TRAINERS, *PREDICTORS]))


def has(peer, job):
    return peer in (PREDICTORS if job == "predict" else TRAINERS)


def timed(run, count):
    start = time.perf_counter()
    for _ in range(count):
        run()
    return time.perf_counter() - start


def microseconds(run, steps, seconds):
    """The median and the least of the times of a step, over batches of 10 ms or one call."""
    timed(run, 1)
    calls = 1
    while timed(run, calls) < 0.01:
        calls *= 2
    # To speed: what is run for the first time takes longer for a while.
    end = time.perf_counter() + seconds / 4
    while time.perf_counter() < end:
        timed(run, calls)
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < seconds or len(times) < 3:
        times.append(timed(run, calls))
    scale = 1e6 / calls / steps
    return {"step_us": statistics.median(times) * scale, "min_us": min(times) * scale,
            "steps": len(times) * calls * steps}


def measure(peer, job, seconds):
    if job == "predict":
        return min((microseconds(run, 1, seconds) for run in PREDICTORS[peer]()),
                   key=lambda times: times["step_us"])
    train, steps, loss = TRAINERS[peer](job)
    if peer == "scikit-learn":
        train()
    first = loss()
    times = microseconds(train, steps, seconds)
    last = loss()
    if not last < first:
        raise SystemExit(f"{peer} {job}: the loss went from {first} to {last}")
    return {**times, "loss_first": first, "loss_last": last}


def start(peer):
    """Trains the network for XOR as `myelin bench start` does; the caller times the process."""
    train, steps, loss = TRAINERS[peer]("start")
    for _ in range(START_STEPS // steps):
        train()
    return {"loss_last": loss()}


def versions():
    """The versions of the peers that are installed."""
    found = {}
    for peer in PEERS:
        try:
            found[peer] = importlib.metadata.version(peer.split(".")[0])
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["versions"]:
        result = versions()
    elif sys.argv[2] == "start":
        result = start(sys.argv[1])
    else:
        result = measure(sys.argv[1], sys.argv[2], float(sys.argv[3]))
    print(json.dumps(result))
