"""The simulation benchmark's baseline: the same model, outputs and number of normals, in the fastest form for NumPy.

Float64, preallocated arrays and out= throughout, vectorised over paths in a loop over steps. Reads one JSON line per round, a specification
in the form of test/bench/simulation.ts (lognormal, flows at the beginning), and answers with the time taken and a few results to compare.
"""

import json
import sys
import time

import numpy as np


class Workload:
    def __init__(self, spec):
        model = spec["returns"]
        self.spec = spec
        self.years, self.steps, self.paths = spec["years"], spec["stepsPerYear"], spec["paths"]
        mean = np.array([a["meanReturn"] for a in model["assets"]] + [model["inflation"]["mean"]])
        volatility = np.array([a["volatility"] for a in model["assets"]] + [model["inflation"]["volatility"]])
        variance = np.log1p((volatility / (1 + mean)) ** 2)
        self.drift = ((np.log1p(mean) - variance / 2) / self.steps)[:, None]
        self.loadings = np.linalg.cholesky(np.array(model["correlation"])) * np.sqrt(variance / self.steps)[:, None]
        self.weights = np.array([a["weight"] for a in model["assets"]])
        self.rng = np.random.Generator(np.random.PCG64(int(spec["seed"])))
        h = (self.paths - 1) * np.array(spec["percentiles"])
        self.below = np.floor(h).astype(int)
        self.above = np.minimum(self.below + 1, self.paths - 1)
        self.fraction = h - self.below
        self.ranks = np.unique(np.concatenate([self.below, self.above]))
        factors, paths = len(mean), self.paths
        self.normals = np.empty((factors, paths))
        self.gross = np.empty((factors, paths))
        self.holdings = np.empty((factors - 1, paths))
        self.growth, self.value, self.previous, self.scratch = (np.empty(paths) for _ in range(4))
        self.nominal, self.real = np.empty((self.years, paths)), np.empty((self.years, paths))
        self.order = self.faster_order()

    def faster_order(self):
        """Newer versions sort whole rows with AVX-512 sooner than they partition them."""
        sample = self.rng.random((8, self.paths))

        def partition(rows):
            rows.partition(self.ranks, axis=1)

        def sort(rows):
            rows.sort(axis=1)

        def seconds(order):
            best = float("inf")
            for _ in range(5):
                copy = sample.copy()
                start = time.perf_counter()
                order(copy)
                best = min(best, time.perf_counter() - start)
            return best

        return min((partition, sort), key=seconds)

    def quantiles(self, rows):
        self.order(rows)
        lower = rows[:, self.below]
        return lower + self.fraction * (rows[:, self.above] - lower)

    def step(self, first_of_year):
        """Gross portfolio return of a step into self.growth; gross inflation into self.gross[-1]."""
        self.rng.standard_normal(out=self.normals)
        np.matmul(self.loadings, self.normals, out=self.gross)
        np.add(self.gross, self.drift, out=self.gross)
        np.exp(self.gross, out=self.gross)
        if self.steps == 1:
            np.matmul(self.weights, self.gross[:-1], out=self.growth)
            return
        if first_of_year:
            self.holdings[:] = self.weights[:, None]
            self.previous.fill(1.0)
        np.multiply(self.holdings, self.gross[:-1], out=self.holdings)
        np.sum(self.holdings, axis=0, out=self.value)
        np.divide(self.value, self.previous, out=self.growth)
        self.previous, self.value = self.value, self.previous

    def run(self):
        paths = self.paths
        balance = np.full(paths, float(self.spec["openingBalance"]))
        index, paid = np.ones(paths), np.ones(paths, dtype=bool)
        total_growth, nominal_sum, real_sum = np.ones(paths), np.zeros(paths), np.zeros(paths)
        year_growth, year_inflation, enough = np.empty(paths), np.empty(paths), np.empty(paths, dtype=bool)
        depletion = []
        for year in range(self.years):
            real_flow = self.spec["realFlows"][year] / self.steps
            nominal_flow = self.spec["nominalFlows"][year] / self.steps
            year_growth.fill(1.0)
            year_inflation.fill(1.0)
            for step in range(self.steps):
                self.step(step == 0)
                np.multiply(index, real_flow, out=self.scratch)
                if nominal_flow != 0:
                    np.add(self.scratch, nominal_flow, out=self.scratch)
                np.add(balance, self.scratch, out=balance)
                np.greater_equal(balance, 0, out=enough)
                np.logical_and(paid, enough, out=paid)
                np.multiply(balance, paid, out=balance)
                np.multiply(balance, self.growth, out=balance)
                np.multiply(index, self.gross[-1], out=index)
                if self.steps > 1:
                    np.multiply(year_growth, self.growth, out=year_growth)
                    np.multiply(year_inflation, self.gross[-1], out=year_inflation)
            annual, inflation = (self.growth, self.gross[-1]) if self.steps == 1 else (year_growth, year_inflation)
            np.multiply(total_growth, annual, out=total_growth)
            np.add(nominal_sum, annual, out=nominal_sum)
            np.divide(annual, inflation, out=self.scratch)
            np.add(real_sum, self.scratch, out=real_sum)
            self.nominal[year] = balance
            np.divide(balance, index, out=self.real[year])
            depletion.append(paths - int(np.count_nonzero(paid)))
        success = int(np.count_nonzero(paid)) / paths
        endings = [(end.mean(), end.std(ddof=1), end.min(), end.max()) for end in (self.nominal[-1], self.real[-1])]
        returns = [sums.sum() / (paths * self.years) - 1 for sums in (nominal_sum, real_sum)]
        annualised = [np.expm1(np.log(g) / self.years).mean() for g in (total_growth, total_growth / index)]
        bands = [self.quantiles(self.nominal), self.quantiles(self.real)]
        return {"success": success, "realMean": endings[1][0], "median": bands[1][-1, len(self.fraction) // 2], "checks": [returns, annualised, depletion[-1]]}


def main():
    workloads = {}
    for line in sys.stdin:
        if line not in workloads:
            workloads[line] = Workload(json.loads(line))
        start = time.perf_counter()
        result = workloads[line].run()
        result["milliseconds"] = (time.perf_counter() - start) * 1000
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
