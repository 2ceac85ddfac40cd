"""Makes generator.json: sequences of draws from NumPy's default_rng.

    python3 make_generator.py [mixed sequences] [seed] [long draws] > generator.json

The committed file: 60 mixed sequences, seed 0, long draws of 20,000 numbers; NumPy 2.4.6, Python 3.11.
"""

import copy
import json
import sys

import numpy as np

MIXED = int(sys.argv[1]) if len(sys.argv) > 1 else 60
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 0
LONG = int(sys.argv[3]) if len(sys.argv) > 3 else 20_000
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
LARGE = 0x3034C61A9AE04FF8CB62AB8EC2C4B501  # more than a 64-bit word
HUGE = 7**100  # more than 128 bits

cases = []


def numbers(a):
    """An array as the README describes it."""
    a = np.asarray(a)
    if a.dtype.kind == "f":
        # The fewest digits that read back to the same bits.
        data = [float(str(v)) if np.isfinite(v) else str(v) for v in a.ravel()]
    else:
        data = a.ravel().tolist()
    return {"shape": list(a.shape), "dtype": str(a.dtype), "data": data}


def checksum(a):
    """The sum of (2 i + 1) times the bits of element i, modulo 2 to the 64."""
    a = np.asarray(a)
    if a.dtype.kind == "f":
        bits = a.ravel().view(f"u{a.itemsize}").astype(np.uint64)
    else:
        bits = a.ravel().astype(np.int64 if a.dtype.kind == "i" else np.uint64).view(np.uint64)
    odd = 2 * np.arange(bits.size, dtype=np.uint64) + np.uint64(1)
    return {"shape": list(a.shape), "dtype": str(a.dtype), "sum": str(int((bits * odd).sum()))}


def plain(value):
    if isinstance(value, (tuple, list, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)) and not np.isfinite(value):
        return str(float(value))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**66:
        return hex(value)  # JSON readers lose digits
    return value


class Sequence:
    """A generator and what was done with it."""

    def __init__(self, name, seed, spawn_key=None):
        case = {"id": f"generator-{len(cases):04}", "op": "sequence", "name": name, "seed": plain(seed)}
        if spawn_key is None:
            self.rng = np.random.default_rng(seed)
        else:
            case["spawn_key"] = list(spawn_key)
            self.rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=spawn_key))
        self.steps = case["steps"] = []
        self.kept = {}
        cases.append(case)

    def add(self, op, args, inputs, outcome, summed=False):
        step = {"op": op}
        if inputs:
            step["inputs"] = {k: numbers(v) for k, v in inputs.items()}
        step["args"] = {k: plain(v) for k, v in args.items()}
        try:
            drawn = outcome()
            if drawn is not None:
                step["expected_sum" if summed else "expected"] = (checksum if summed else numbers)(drawn)
        except (ValueError, TypeError, OverflowError, IndexError) as error:
            step["error"] = {"type": type(error).__name__, "message": str(error)}
        self.steps.append(step)

    def do(self, op, summed=False, **arguments):
        """A call of the method named like the operation; arrays among the arguments are its inputs."""
        inputs = {k: v for k, v in arguments.items() if isinstance(v, np.ndarray)}
        args = {k: v for k, v in arguments.items() if k not in inputs}

        def outcome():
            call = {k: v for k, v in arguments.items() if k not in ("kind", "type")}
            if op == "shuffle":
                x = arguments["x"].copy()
                x = x.tolist() if arguments["kind"] == "list" else x
                self.rng.shuffle(x, **({"axis": arguments["axis"]} if "axis" in arguments else {}))
                return np.asarray(x, arguments["x"].dtype)
            if op == "bytes":
                return np.frombuffer(self.rng.bytes(arguments["length"]), np.uint8)
            if op == "random_raw":
                return self.rng.bit_generator.random_raw(arguments["size"])
            if op == "generate_state":
                return self.rng.bit_generator.seed_seq.generate_state(**call)
            drawn = getattr(self.rng, op)(**call)
            # One number of any precision comes as Python's own type.
            return np.float32(drawn) if arguments.get("dtype") == "float32" else drawn

        self.add(op, args, inputs, outcome, summed)

    def reseed(self, seed):
        def outcome():
            self.rng = np.random.default_rng(seed)

        self.add("default_rng", {"seed": seed}, None, outcome)

    def advance(self, draws):
        self.add("advance", {"draws": draws}, None, lambda: self.rng.random(draws) is None or None)

    def state(self, save=None):
        state = self.rng.bit_generator.state
        if save:
            self.kept[save] = state
        self.steps.append({
            "op": "get_state",
            "args": {"save": save} if save else {},
            "expected_state": {
                # In decimal, as text: JSON readers lose digits of numbers this long.
                "state": str(state["state"]["state"]),
                "inc": str(state["state"]["inc"]),
                "has_uint32": state["has_uint32"],
                "uinteger": state["uinteger"],
                "spawned": self.rng.bit_generator.seed_seq.n_children_spawned,
            },
        })

    def restore(self, saved):
        self.rng.bit_generator.state = self.kept[saved]
        self.steps.append({"op": "set_state", "args": {"saved": saved}})

    def spawn(self, count, keep):
        """Children under names keep.0, keep.1, …; the answer is the first number of each."""
        def outcome():
            children = self.rng.spawn(count)
            for number, child in enumerate(children):
                self.kept[f"{keep}.{number}"] = copy.deepcopy(child)
            return np.array([child.random() for child in children])

        self.add("spawn", {"n_children": count, "keep": keep}, None, outcome)

    def use(self, kept):
        self.rng = copy.deepcopy(self.kept[kept])
        self.steps.append({"op": "use", "args": {"kept": kept}})

    def words(self, of, dtype, words):
        """For each word: the number drawn by a generator whose next word is it, and random() after that."""
        def outcome():
            drawn = np.array([after_word(word, of, dtype)[:2] for word in words], np.float64)
            return drawn

        self.add("words", {"of": of, "dtype": dtype}, {"words": np.array(words, np.uint64)}, outcome)


# A state of which the next word is known: one with zeros in the upper half is output as its lower half.

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
PROBE = np.random.Generator(np.random.PCG64(0))


def after_word(word, of, dtype):
    """The number drawn from a state whose next word is given, random() after it, and whether the word sufficed."""
    before = (word - 1) * pow(MULTIPLIER, -1, 2**128) % 2**128
    PROBE.bit_generator.state = {
        "bit_generator": "PCG64", "state": {"state": before, "inc": 1}, "has_uint32": 0, "uinteger": 0}
    drawn = getattr(PROBE, of)(dtype=dtype)
    state = PROBE.bit_generator.state
    sufficed = state["state"]["state"] == word and state["has_uint32"] == (dtype == "float32")
    return drawn, PROBE.random(), sufficed


def ziggurat(name, of, dtype):
    """Words at the edges of each layer of a ziggurat, so that the draws tell the tables."""
    pick = np.random.default_rng(1)
    bits = {"standard_normal": {"float64": 52, "float32": 23},
            "standard_exponential": {"float64": 53, "float32": 23}}[of][dtype]
    words = []
    for layer in range(256):
        def word(point):
            if of == "standard_normal":
                return layer | (layer // 2 + point) % 2 << 8 | point << 9
            return (layer | point << 8) << (3 if dtype == "float64" else 1)

        # The number of points that suffice by themselves.
        low, high = 0, 2**bits
        while low < high:
            middle = (low + high) // 2
            if after_word(word(middle), of, dtype)[2]:
                low = middle + 1
            else:
                high = middle
        words += [word(max(low - 1, 0)), word(low), word(int(pick.integers(low, 2**bits)))]
    Sequence(name, 0).words(of, dtype, words)


def limits(dtype):
    info = np.iinfo(dtype)
    return int(info.min), int(info.max)


# What each method does, from several seeds.

def random(s):
    s.state()
    for size in (None, 5, (2, 3), (), 0, (3, 0)):
        s.do("random", size=size)
    s.do("random", size=3, dtype="float32")
    s.state()
    s.do("random", size=2)
    s.do("random", size=None, dtype="float32")
    s.state()
    s.do("random", size=(2, 2), dtype="float32")
    s.do("random_raw", size=3)
    s.do("uniform", low=-3.0, high=8.5, size=4)
    s.do("uniform", size=None)
    s.do("uniform", low=2.5, high=2.5, size=2)
    s.do("uniform", low=1e300, high=1.5e308, size=(2, 1))
    s.do("uniform", low=np.array([0.0, 10.0, -5.0]), high=np.array([1.0, 10.5, 5.0]), size=None)
    s.do("uniform", low=np.array([[0.0], [100.0]]), high=200.0, size=(2, 3))
    s.do("uniform", low=np.array(0.0), high=np.array(2.0), size=2)
    s.state()


def normal(s):
    for size in (None, 8, (2, 2), 0):
        s.do("standard_normal", size=size)
    s.do("standard_normal", size=5, dtype="float32")
    s.do("standard_normal", size=None, dtype="float32")
    s.state()
    s.do("normal", loc=3.0, scale=0.25, size=3)
    s.do("normal", size=None)
    s.do("normal", loc=1.0, scale=0.0, size=2)
    s.do("normal", loc=np.array([0.0, 10.0, 20.0]), scale=2.0, size=None)
    s.do("normal", loc=np.array([[1.0], [2.0]]), scale=np.array([0.5, 1.0]), size=(2, 2, 2))
    s.state()


def exponential(s):
    for size in (None, 8, (2, 2), 0):
        s.do("standard_exponential", size=size)
    s.do("standard_exponential", size=5, dtype="float32")
    s.do("standard_exponential", size=None, dtype="float32")
    s.state()
    s.do("exponential", scale=2.5, size=3)
    s.do("exponential", size=None)
    s.do("exponential", scale=0.0, size=2)
    s.do("exponential", scale=np.array([1.0, 100.0, 1e-3]), size=None)
    s.do("exponential", scale=np.array([1.0, 10.0]), size=(2, 2))
    s.state()


def integers(s):
    for dtype in INTEGERS:
        least, most = limits(dtype)
        s.do("integers", low=0, high=100, size=6, dtype=dtype)
        s.do("integers", low=least, high=most, size=5, dtype=dtype, endpoint=True)
        s.do("integers", low=least, high=most, size=5, dtype=dtype)
        s.do("integers", low=1, high=6, size=None, dtype=dtype, endpoint=True)
        s.do("integers", low=most, high=most, size=2, dtype=dtype, endpoint=True)
        s.state()
    s.do("integers", low=0, high=2, size=40, dtype="bool")
    s.do("integers", low=0, high=1, size=None, dtype="bool", endpoint=True)
    s.do("integers", low=1, high=2, size=3, dtype="bool")
    s.do("integers", low=10, size=4)
    s.do("integers", low=0, size=4, endpoint=True)
    s.state()


def wide(s):
    """Bounds around what 32 bits hold."""
    for extent in (2**31, 2**32 - 2, 2**32 - 1, 2**32, 2**32 + 1, 2**63 - 1, 2**63, 3 * 2**62):
        s.do("integers", low=0, high=extent, size=3, dtype="uint64", endpoint=True)
        s.do("integers", low=-(2**62), high=extent - 2**62, size=2)
    for extent in (2**31, 2**32 - 2, 3 * 2**30):
        s.do("integers", low=0, high=extent, size=4, dtype="uint32", endpoint=True)
    s.do("integers", low=0, high=3 * 2**14, size=9, dtype="uint16")
    s.do("integers", low=0, high=3 * 2**6, size=9, dtype="uint8")
    s.state()


def bounds(s):
    """Integers with bounds of their own."""
    s.do("integers", low=np.array([0, 5, 10]), high=np.array([5, 100, 1000]), size=None)
    s.do("integers", low=np.array([[0], [50]]), high=np.array([60, 70, 2**40]), size=(2, 3))
    s.do("integers", low=np.array([0, -5]), high=7, size=(3, 2), dtype="int8")
    s.do("integers", low=np.array([0, 5, 10, 7]), high=np.array([3, 255, 20, 7]), size=(3, 4), dtype="uint8",
         endpoint=True)
    s.do("integers", low=np.array([0, 300]), high=np.array([1000, 65536]), size=(3, 2), dtype="uint16")
    s.do("integers", low=np.array([-(2**31), 0]), high=np.array([2**31, 2]), size=(2, 2), dtype="int32")
    s.do("integers", low=np.array([0, 0]), high=np.array([2**32, 9]), size=(2, 2), dtype="uint32")
    s.do("integers", low=np.array([-(2**63), 0]), high=np.array([2**63 - 1, 2**63 - 1]), size=(2, 2), endpoint=True)
    s.do("integers", low=np.array([0, 2**62]), high=np.array([2**63 - 1, 2**63 - 1]), size=(2, 2), dtype="uint64")
    s.do("integers", low=np.array([5, 6]), high=np.array([1, 2]), size=0)
    s.state()


def choice(s):
    p = np.array([0.1, 0.0, 0.3, 0.6, 0.0])
    for size in (None, 6, (2, 3), 0):
        s.do("choice", a=5, size=size, replace=True)
        s.do("choice", a=7, size=size, replace=False)
        s.do("choice", a=5, size=size, replace=True, p=p)
    s.do("choice", a=5, size=3, replace=False, p=p)
    s.do("choice", a=5, size=None, replace=False, p=p)
    s.do("choice", a=5, size=5, replace=False, p=np.array([0.96, 0.01, 0.01, 0.01, 0.01]))
    s.do("choice", a=6, size=6, replace=False, shuffle=False)
    s.do("choice", a=100, size=8, replace=False, shuffle=False)
    s.do("choice", a=100, size=8, replace=False)
    s.do("choice", a=2**40, size=4, replace=False)
    s.do("choice", a=2**40, size=4, replace=True)
    s.state()
    s.do("choice", a=np.array([10.5, 20.5, 30.5]), size=4, replace=True)
    s.do("choice", a=np.array([10, 20, 30]), size=(2, 1), replace=False)
    s.do("choice", a=np.array([10, 20, 30]), size=None, replace=False, p=np.array([0.2, 0.5, 0.3]))
    table = np.arange(12).reshape(3, 4)
    s.do("choice", a=table, size=2, replace=False)
    s.do("choice", a=table, size=None, replace=True, axis=1)
    s.do("choice", a=table, size=(2, 2), replace=True, axis=-1)
    s.do("choice", a=table, size=3, replace=False, axis=1, p=np.array([0.25, 0.25, 0.5, 0.0]))
    s.do("choice", a=np.arange(24).reshape(2, 3, 4), size=(2, 2), replace=True, axis=1, shuffle=False)
    s.do("choice", a=np.zeros((2, 0)), size=2, replace=True)
    s.do("choice", a=np.array([], np.float64), size=0, replace=True)
    s.do("choice", a=0, size=0, replace=True)
    s.do("choice", a=0, size=0, replace=False)
    s.state()


def samples(s):
    """Samples around where NumPy goes from a set to the tail of a shuffled list."""
    for count, size in ((10_000, 300), (10_001, 200), (10_001, 201), (10_050, 201), (10_050, 202), (20_000, 20_000)):
        s.do("choice", a=count, size=size, replace=False, summed=True)
        s.do("choice", a=count, size=size, replace=False, shuffle=False, summed=True)
    for size in (500, 501, 502):
        s.do("choice", a=10_020, size=size, replace=False, shuffle=False, summed=True)
    s.state()


def permutation(s):
    for x in (0, 1, 2, 10, -3):
        s.do("permutation", x=x)
    s.do("permutation", x=np.array([3.5, 1.5, 2.5]))
    for axis in (0, 1, -1):
        s.do("permutation", x=np.arange(12).reshape(3, 4), axis=axis)
    s.do("permutation", x=np.arange(24.0).reshape(2, 3, 4), axis=1)
    s.do("permutation", x=np.zeros((4, 0)))
    s.state()
    s.do("shuffle", x=np.arange(9), kind="list")
    s.do("shuffle", x=np.arange(9), kind="array")
    s.do("shuffle", x=np.arange(5) / 4, kind="array")
    for axis in (0, 1, -2):
        s.do("shuffle", x=np.arange(12).reshape(4, 3), kind="array", axis=axis)
    s.do("shuffle", x=np.zeros((4, 0)), kind="array")
    s.do("shuffle", x=np.arange(24).reshape(2, 3, 4), kind="array", axis=2)
    s.state()
    s.do("permuted", x=np.arange(6))
    s.do("permuted", x=np.arange(12).reshape(3, 4))
    for axis in (0, 1, -1):
        s.do("permuted", x=np.arange(12).reshape(3, 4), axis=axis)
    s.do("permuted", x=np.arange(24.0).reshape(2, 3, 4), axis=1)
    s.do("permuted", x=np.zeros((4, 0)), axis=0)
    s.do("permuted", x=np.zeros((4, 0)), axis=1)
    s.state()


def rest(s):
    """Bytes, states, children, and halves of words kept between calls."""
    for length in (5, 4, 0, 1, 13):
        s.do("bytes", length=length)
    s.state(save="a")
    s.do("random", size=2, dtype="float32")
    s.do("integers", low=0, high=10, size=3)
    s.do("standard_normal", size=2)
    s.do("integers", low=0, high=10, size=None)
    s.state(save="b")
    s.restore("a")
    s.do("integers", low=0, high=10, size=3)
    s.restore("b")
    s.do("integers", low=0, high=10, size=3)
    s.do("generate_state", n_words=10)
    s.do("generate_state", n_words=5, dtype="uint64")
    s.do("generate_state", n_words=0)
    s.spawn(3, "k")
    s.state()
    s.spawn(2, "m")
    s.spawn(0, "n")
    s.do("random", size=2)
    s.use("k.2")
    s.state()
    s.do("generate_state", n_words=4)
    s.spawn(2, "kk")
    s.use("kk.1")
    s.do("standard_normal", size=2)
    s.do("generate_state", n_words=4, dtype="uint64")
    s.use("m.0")
    s.do("integers", low=0, high=1000, size=3)
    s.advance(50)
    s.do("random", size=1)


def seeds(s):
    s.state()
    s.do("random", size=2)
    s.do("generate_state", n_words=3)
    s.spawn(2, "k")
    s.use("k.1")
    s.state()
    s.do("generate_state", n_words=3, dtype="uint64")


def errors(s):
    """What NumPy refuses; nothing is drawn then."""
    a = np.array
    s.do("uniform", low=0.0, high=np.inf, size=1)
    s.do("uniform", low=-1.7e308, high=1.7e308, size=None)
    s.do("uniform", low=1.0, high=0.0, size=1)
    s.do("uniform", low=-0.0, high=0.0, size=1)
    s.do("uniform", low=a([0.0, 0.0]), high=a([1.0, np.inf]), size=None)
    s.do("uniform", low=a([0.0, 2.0]), high=a([1.0, 1.0]), size=None)
    s.do("uniform", low=a(0.0), high=a(np.inf), size=None)
    s.do("uniform", low=a([0.0, 0.0, 0.0]), high=a([1.0, 1.0]), size=None)
    s.do("uniform", low=a([0.0, 0.0, 0.0]), high=1.0, size=2)
    for scale in (-1.0, -0.0):
        s.do("normal", loc=0.0, scale=scale, size=2)
        s.do("exponential", scale=scale, size=None)
    s.do("normal", loc=0.0, scale=a([1.0, -2.0]), size=None)
    s.do("normal", loc=a([0.0, 0.0, 0.0]), scale=a([1.0, 1.0]), size=None)
    s.do("normal", loc=a([0.0, 0.0]), scale=1.0, size=3)
    s.do("normal", loc=a([0.0, 0.0]), scale=1.0, size=1)
    s.do("normal", loc=a([[0.0], [0.0]]), scale=a([1.0, 1.0, 1.0]), size=(2, 1))
    s.do("exponential", scale=a([1.0, -1.0]), size=None)
    s.do("exponential", scale=a([1.0]), size=())
    s.do("exponential", scale=a([1.0, 2.0]), size=3)
    for method in ("random", "standard_normal", "standard_exponential", "uniform", "normal", "exponential"):
        s.do(method, size=-1)
        s.do(method, size=(2, -1))
    s.do("random", size=2, dtype="int32")
    for low, high, endpoint in ((5, 5, False), (5, 4, True), (0, 0, False), (0, -1, True), (-3, -4, False)):
        s.do("integers", low=low, high=high, size=2, endpoint=endpoint)
        s.do("integers", low=low, high=high, size=None, endpoint=endpoint)
        s.do("integers", low=a([low, low]), high=a([high + 1, high]), size=None, endpoint=endpoint)
    for dtype in INTEGERS:
        least, most = limits(dtype)
        s.do("integers", low=least - 1, high=5, size=1, dtype=dtype)
        s.do("integers", low=0, high=most + 2, size=1, dtype=dtype)
        s.do("integers", low=0, high=most + 1, size=1, dtype=dtype, endpoint=True)
        if "64" not in dtype:
            s.do("integers", low=a([least - 1, 0]), high=5, size=None, dtype=dtype)
            s.do("integers", low=0, high=a([1, most + 2]), size=None, dtype=dtype)
            s.do("integers", low=0, high=a([1, most + 1]), size=None, dtype=dtype, endpoint=True)
    s.do("integers", low=a([0, -1]), high=5, size=None, dtype="uint64")
    s.do("integers", low=-1, high=1, size=1, dtype="bool")
    s.do("integers", low=0, high=3, size=1, dtype="bool")
    s.do("integers", low=0, high=2, size=1, dtype="bool", endpoint=True)
    s.do("integers", low=0, high=5, size=1, dtype="float64")
    s.do("integers", low=0, high=5, size=-1)
    s.do("integers", low=a([1, 2]), high=a([3, 4, 5]), size=None)
    s.do("integers", low=a([1, 2]), high=5, size=3)
    s.do("choice", a=0, size=None, replace=True)
    s.do("choice", a=-3, size=2, replace=True)
    s.do("choice", a=a([], np.float64), size=1, replace=True)
    s.do("choice", a=np.zeros((2, 0)), size=1, replace=True, axis=1)
    for p in ([0.5, 0.5], [0.5, np.nan, 0.5], [1.5, -0.5, 0.0], [0.5, 0.2, 0.0], [np.inf, -np.inf, 0.0]):
        s.do("choice", a=3, size=2, replace=True, p=a(p))
    s.do("choice", a=3, size=2, replace=True, p=a([[0.5, 0.25, 0.25]]))
    s.do("choice", a=0, size=0, replace=True, p=a([], np.float64))
    s.do("choice", a=3, size=2, replace=False, p=a([0.0, 1.0, 0.0]))
    s.do("choice", a=3, size=4, replace=False)
    s.do("choice", a=3, size=(2, 2), replace=False)
    s.do("choice", a=-5, size=0, replace=False)
    s.do("choice", a=3, size=-1, replace=True)
    s.do("choice", a=3, size=-1, replace=False)
    for axis in (2, -3):
        s.do("shuffle", x=np.zeros((2, 2)), kind="array", axis=axis)
        s.do("permutation", x=np.zeros((2, 2)), axis=axis)
        s.do("permuted", x=np.zeros((2, 2)), axis=axis)
    s.do("generate_state", n_words=-1)
    for seed in (-1, [1, -1], 5.5):
        s.reseed(seed)
    s.reseed(7)
    s.do("random", size=2)
    s.state()


def long(s):
    """Many draws, so that the rare turns are taken; compared by checksums."""
    for dtype in ("float64", "float32"):
        for method in ("random", "standard_normal", "standard_exponential"):
            s.do(method, summed=True, size=LONG, dtype=dtype)
    for dtype in INTEGERS:
        low, high = (0, 200) if "8" in dtype and "u" in dtype else (-100, 27) if "8" in dtype else (7, 30_000)
        s.do("integers", summed=True, low=low, high=high, size=LONG, dtype=dtype)
    s.do("integers", summed=True, low=-(2**61), high=2**62, size=LONG)
    s.do("integers", summed=True, low=0, high=2, size=LONG, dtype="bool")
    s.do("permutation", summed=True, x=LONG)
    s.do("choice", summed=True, a=LONG, size=LONG // 3, replace=False)
    s.do("choice", summed=True, a=100 * LONG, size=LONG, replace=False)
    s.do("choice", summed=True, a=50, size=LONG, replace=True, p=np.arange(50) / 1225)
    s.do("bytes", summed=True, length=LONG)
    s.do("normal", summed=True, loc=-3.0, scale=7.5, size=LONG)
    s.state()


pick = np.random.default_rng(SEED)


def one_of(*values):
    return values[int(pick.integers(len(values)))]


def size_of():
    kind = pick.integers(8)
    if kind == 0:
        return None
    if kind < 5:
        return int(pick.integers(0, 6))
    return tuple(int(n) for n in pick.integers(0 if pick.random() < 0.1 else 1, 4, pick.integers(0, 4)))


def parameters(low, high):
    """A number, or an array that broadcasts with others made by this to at most (2, 3)."""
    if pick.random() < 0.6:
        return round(float(pick.uniform(low, high)), 3)
    return np.round(pick.uniform(low, high, one_of((3,), (2, 1), (2, 3), (1,))), 3)


def mixed(s):
    """Any draws in any order: what one call leaves over shows in the next."""
    for _ in range(int(pick.integers(8, 25))):
        method = one_of(
            "random", "uniform", "standard_normal", "normal", "standard_exponential", "exponential", "integers",
            "integers", "integers", "bytes", "choice", "choice", "permutation", "shuffle", "permuted", "state",
            "random_raw", "spawn")
        size = size_of()
        if method in ("random", "standard_normal", "standard_exponential"):
            s.do(method, size=size, **one_of({}, {"dtype": "float32"}))
        elif method == "uniform":
            low, high = parameters(-9, 9), parameters(9, 20)
            arrays = isinstance(low, np.ndarray) or isinstance(high, np.ndarray)
            s.do(method, low=low, high=high, size=one_of(None, (2, 3)) if arrays else size)
        elif method == "normal":
            loc, scale = parameters(-9, 9), parameters(0, 5)
            arrays = isinstance(loc, np.ndarray) or isinstance(scale, np.ndarray)
            s.do(method, loc=loc, scale=scale, size=one_of(None, (2, 3), (2, 2, 3)) if arrays else size)
        elif method == "exponential":
            scale = parameters(0, 5)
            s.do(method, scale=scale, size=one_of(None, (2, 3)) if isinstance(scale, np.ndarray) else size)
        elif method == "integers":
            dtype = one_of("bool", *INTEGERS)
            endpoint = bool(pick.integers(2))
            if dtype == "bool":
                s.do(method, low=0, high=one_of(1, 2) - endpoint, size=size, dtype=dtype, endpoint=endpoint)
                continue
            least, most = limits(dtype)
            if pick.random() < 0.5:
                least, most = max(least, -one_of(0, 5, 300, 10**6, 2**33)), min(most, one_of(3, 100, 255, 2**32, 2**40))
            ends = sorted(int(n) for n in pick.integers(least, most, 2, dtype=dtype, endpoint=True))
            if pick.random() < 0.7 or most > 2**63 - 1:
                s.do(method, low=ends[0], high=ends[1] + (not endpoint), size=size, dtype=dtype, endpoint=endpoint)
            else:
                low = pick.integers(least, ends[0], (3,), endpoint=True)
                high = pick.integers(ends[1], most, (2, 1), endpoint=True)
                if not endpoint:
                    low, high = np.minimum(low, most - 1), np.maximum(high, ends[0] + 1)
                s.do(method, low=low, high=high, size=one_of(None, (2, 3), (2, 2, 3)), dtype=dtype, endpoint=endpoint)
        elif method == "bytes":
            s.do(method, length=int(pick.integers(0, 12)))
        elif method == "choice":
            count = one_of(1, 2, 5, 20, 1000, 2**33)
            arguments = {"a": count, "replace": bool(pick.integers(2)), "shuffle": bool(pick.integers(2))}
            if pick.random() < 0.3:
                arguments["a"] = np.arange(12).reshape(one_of((12,), (3, 4), (2, 3, 2)))
                arguments["axis"] = int(pick.integers(arguments["a"].ndim)) - one_of(0, arguments["a"].ndim)
                count = arguments["a"].shape[arguments["axis"]]
            if pick.random() < 0.4 and count <= 20:
                weights = pick.integers(0, 4, count) + (np.arange(count) == 0)
                arguments["p"] = weights / weights.sum()
            s.do(method, size=size, **arguments)
        elif method in ("permutation", "shuffle", "permuted"):
            x = np.arange(12).reshape(one_of((12,), (3, 4), (2, 3, 2)))
            x = one_of(x, x / 8)
            axis = int(pick.integers(x.ndim)) - one_of(0, x.ndim)
            if method == "permutation" and pick.random() < 0.4:
                s.do(method, x=int(pick.integers(0, 15)))
            elif method == "permutation":
                s.do(method, x=x, axis=axis)
            elif method == "permuted":
                s.do(method, x=x, axis=one_of(None, axis))
            elif pick.random() < 0.4:
                s.do(method, x=np.arange(int(pick.integers(0, 12))), kind="list")
            else:
                s.do(method, x=x, kind="array", axis=axis)
        elif method == "state":
            s.state()
        elif method == "random_raw":
            s.do(method, size=int(pick.integers(1, 4)))
        else:
            s.spawn(int(pick.integers(0, 3)), "k")
    s.state()


for kind in (random, normal, exponential, integers, wide, bounds, choice, samples, permutation, rest):
    for seed in (0, 42, 12345):
        kind(Sequence(kind.__name__, seed))
LISTS = [[], [0], [1, 2, 3], [2**32, 5], [2**40, 2**70], [0, 0, 0, 0, 0], [9, 8, 7, 6, 5, 4]]
for seed in [0, 1, 2**32 - 1, 2**32, 2**64 - 1, 2**64, LARGE, 2**128 - 1, HUGE, *LISTS]:
    seeds(Sequence("seeds", seed))
for seed, key in ((0, (0,)), (0, (1,)), (42, (3, 7)), (LARGE, (2**32 - 1,)), (HUGE, (5, 0)), ([1, 2], (1, 2, 3, 4, 5))):
    seeds(Sequence("spawn keys", seed, key))
errors(Sequence("errors", 42))
for seed in (1, 2):
    long(Sequence("long", seed))
for of in ("standard_normal", "standard_exponential"):
    for dtype in ("float64", "float32"):
        ziggurat(f"the ziggurat of {of}, {dtype}", of, dtype)
for number in range(MIXED):
    mixed(Sequence(f"mixed {number}", int(pick.integers(2**40))))

print('{"file": "generator", "numpy": "%s", "about": "each case: a fresh default_rng(seed), then its steps in order", '
      '"count": %d, "cases": [' % (np.__version__, len(cases)))
print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
print("]}")
