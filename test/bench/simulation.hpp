// Shared by the benchmark's programs in C++: the specification, read from a line of numbers, and the answer, a line of JSON.

#pragma once
#include <chrono>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

struct Spec {
  int years, steps, paths, assets;
  double opening;
  std::vector<double> real_flows, nominal_flows, weights, drift, loadings, percentiles;
};

static std::vector<double> numbers(std::istream& in, std::size_t count) {
  std::vector<double> values(count);
  for (double& value : values) in >> value;
  return values;
}

static Spec parse(const std::string& line) {
  std::istringstream in(line);
  Spec s;
  int percentiles;
  in >> s.years >> s.steps >> s.paths >> s.assets >> percentiles >> s.opening;
  const int factors = s.assets + 1;
  s.real_flows = numbers(in, s.years);
  s.nominal_flows = numbers(in, s.years);
  s.weights = numbers(in, s.assets);
  s.drift = numbers(in, factors);
  s.loadings = numbers(in, factors * (factors + 1) / 2);
  s.percentiles = numbers(in, percentiles);
  return s;
}

class Timer {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();

 public:
  double milliseconds() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }
};

// Every computed value is printed, so that the compiler cannot remove its computation.
static void answer(const Timer& timer, double success, double mean, double deviation, double annualised, double checks) {
  const double milliseconds = timer.milliseconds();
  std::printf("{\"milliseconds\":%.6f,\"success\":%.6f,\"realMean\":%.3f,\"checks\":[%.6g,%.6g,%.6g]}\n", milliseconds, success, mean,
              deviation, annualised, checks);
  std::fflush(stdout);
}

static void answerEachLine(void (*run)(const Spec&)) {
  for (std::string line; std::getline(std::cin, line);) run(parse(line));
}
