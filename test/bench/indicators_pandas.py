"""The indicator benchmark's baseline: the same indicators in idiomatic pandas, each intermediate series computed once.

Reads one JSON line per round, which names a file of float64 columns (high, low, close, one after the other), and answers with the time taken
and each output's last value. Without pandas, the answer reports that.
"""

import json
import sys
import time

import numpy as np

try:
    import pandas as pd
except ImportError:
    pd = None


def wilder(series, period):
    return series.ewm(alpha=1 / period, adjust=False).mean()


def indicators(high, low, close):
    sma20 = close.rolling(20).mean()
    sma50 = close.rolling(50).mean()
    ema12 = close.ewm(span=12, adjust=False).mean()
    ema26 = close.ewm(span=26, adjust=False).mean()

    change = close.diff()
    gain = wilder(change.clip(lower=0), 14)
    loss = wilder(-change.clip(upper=0), 14)
    rsi = 100 - 100 / (1 + gain / loss)

    macd = ema12 - ema26
    signal = macd.ewm(span=9, adjust=False).mean()

    deviation = close.rolling(20).std(ddof=0)
    upper = sma20 + 2 * deviation
    lower = sma20 - 2 * deviation

    before = close.shift()
    tr = np.maximum(high, before) - np.minimum(low, before)
    atr = wilder(tr, 14)
    return [
        [sma20],
        [sma50],
        [ema12],
        [ema26],
        [rsi],
        [macd, signal, macd - signal],
        [sma20, upper, lower, (close - lower) / (upper - lower), (upper - lower) / sma20, (close - sma20) / deviation],
        [tr, atr, 100 * atr / close],
    ]


def main():
    columns = {}
    for line in sys.stdin:
        if pd is None:
            print(json.dumps({"pandas": None}), flush=True)
            continue
        if line not in columns:
            columns[line] = [pd.Series(column) for column in np.fromfile(json.loads(line)["file"]).reshape(3, -1)]
        start = time.perf_counter()
        outputs = indicators(*columns[line])
        milliseconds = (time.perf_counter() - start) * 1000
        last = [series.iloc[-1] for group in outputs for series in group]
        print(json.dumps({"pandas": pd.__version__, "milliseconds": milliseconds, "last": last}), flush=True)


if __name__ == "__main__":
    main()
