// The simulation benchmark's second baseline: the same model and outputs, written plainly with the standard library.

#include <algorithm>
#include <cmath>
#include <random>

#include "simulation.hpp"

static std::vector<double> quantiles(double* row, int count, const std::vector<double>& fractions) {
  std::vector<double> found;
  int from = 0;
  for (double fraction : fractions) {
    const double h = (count - 1) * fraction;
    const int below = static_cast<int>(h);
    std::nth_element(row + from, row + below, row + count);
    const double above = below + 1 < count ? *std::min_element(row + below + 1, row + count) : row[below];
    found.push_back(row[below] + (h - below) * (above - row[below]));
    from = below;
  }
  return found;
}

static void run(const Spec& s) {
  const Timer timer;
  const int factors = s.assets + 1;
  const std::size_t paths = s.paths;
  static std::vector<double> nominal, real, growths, real_growths;
  nominal.resize(s.years * paths);
  real.resize(s.years * paths);
  growths.resize(paths);
  real_growths.resize(paths);
  std::vector<double> normals(factors), gross(factors), holdings(s.assets);
  double nominal_sum = 0, real_sum = 0;
  int depleted_paths = 0;
  std::mt19937_64 generator(20260101);
  std::normal_distribution<double> normal;

  for (std::size_t path = 0; path < paths; path++) {
    double balance = s.opening, index = 1, growth = 1;
    bool depleted = false;
    for (int year = 0; year < s.years; year++) {
      double year_growth = 1, year_inflation = 1, value = 1;
      for (int asset = 0; asset < s.assets; asset++) holdings[asset] = s.weights[asset];
      for (int step = 0; step < s.steps; step++) {
        for (double& z : normals) z = normal(generator);
        const double* loading = s.loadings.data();
        for (int i = 0; i < factors; i++) {
          double sum = s.drift[i];
          for (int j = 0; j <= i; j++) sum += *loading++ * normals[j];
          gross[i] = std::exp(sum);
        }
        double total = 0;
        for (int asset = 0; asset < s.assets; asset++) total += holdings[asset] *= gross[asset];
        const double portfolio = total / value;
        value = total;
        const double after = balance + (s.real_flows[year] * index + s.nominal_flows[year]) / s.steps;
        if (!depleted) {
          depleted = after < 0;
          balance = depleted ? 0 : after;
        }
        balance *= portfolio;
        index *= gross[s.assets];
        year_growth *= portfolio;
        year_inflation *= gross[s.assets];
      }
      growth *= year_growth;
      nominal_sum += year_growth - 1;
      real_sum += year_growth / year_inflation - 1;
      nominal[year * paths + path] = balance;
      real[year * paths + path] = balance / index;
    }
    growths[path] = growth;
    real_growths[path] = growth / index;
    depleted_paths += depleted;
  }

  double mean = 0, squares = 0, annualised = 0, checks = nominal_sum + real_sum;
  const double* last = real.data() + (s.years - 1) * paths;
  for (std::size_t path = 0; path < paths; path++) mean += last[path] / paths;
  for (std::size_t path = 0; path < paths; path++) squares += (last[path] - mean) * (last[path] - mean);
  for (std::size_t path = 0; path < paths; path++) {
    annualised += std::exp(std::log(growths[path]) / s.years) + std::exp(std::log(real_growths[path]) / s.years) - 2;
  }
  for (int year = 0; year < s.years; year++) {
    for (double q : quantiles(nominal.data() + year * paths, s.paths, s.percentiles)) checks += q;
    for (double q : quantiles(real.data() + year * paths, s.paths, s.percentiles)) checks += q;
  }
  answer(timer, 1 - static_cast<double>(depleted_paths) / s.paths, mean, std::sqrt(squares / s.paths), annualised / s.paths, checks);
}

int main() { answerEachLine(run); }
