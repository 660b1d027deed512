// The simulation benchmark's third baseline: stages over blocks of 64 paths, with xoshiro128++ and Box-Muller, vectorised for AVX-512: by hand
// where it counts (logarithm, sine, cosine, exponential, correlation), by the compiler elsewhere.

#include <immintrin.h>
#if !defined(__AVX512F__) || !defined(__AVX512DQ__)
#error "for processors with AVX-512"
#endif

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "simulation.hpp"

constexpr int LANES = 64;
using Row = double[LANES];

static std::uint32_t state[4][LANES];

static std::uint64_t splitMix(std::uint64_t& seed) {
  std::uint64_t z = seed += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

static void openStreams(std::uint64_t firstPath) {
  for (int lane = 0; lane < LANES; lane++) {
    std::uint64_t seed = (firstPath + lane) << 8;
    for (auto& word : state) word[lane] = static_cast<std::uint32_t>(splitMix(seed));
  }
}

static std::uint32_t rotate(std::uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static void uniforms(Row& out) {
  auto& [s0, s1, s2, s3] = state;
  for (int lane = 0; lane < LANES; lane++) {
    out[lane] = (rotate(s0[lane] + s3[lane], 7) + s0[lane]) * 0x1p-32 + 0x1p-33;
    const std::uint32_t shifted = s1[lane] << 9;
    s2[lane] ^= s0[lane];
    s3[lane] ^= s1[lane];
    s1[lane] ^= s2[lane];
    s0[lane] ^= s3[lane];
    s2[lane] ^= shifted;
    s3[lane] = rotate(s3[lane], 11);
  }
}

// Eight doubles: expressions without intrinsics compile to fused operations.
typedef double Vector __attribute__((vector_size(64)));

template <std::size_t N>
static Vector polynomial(Vector x, const double (&coefficients)[N]) {
  Vector sum = Vector{} + coefficients[N - 1];
  for (int i = static_cast<int>(N) - 2; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}

static Vector roundToInteger(Vector x) { return _mm512_roundscale_pd(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }

static Vector exponential(Vector x) {
  static const double taylor[] = {1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880, 1. / 3628800};
  const Vector k = roundToInteger(x * 1.4426950408889634);
  const Vector r = (x - k * 0.693145751953125) - k * 1.4286068203094173e-06;
  return _mm512_scalef_pd(polynomial(r, taylor), k);
}

// m in [3/4, 3/2): 2 atanh((m - 1) / (m + 1)).
static Vector logarithm(Vector x) {
  static const double series[] = {2, 2. / 3, 2. / 5, 2. / 7, 2. / 9, 2. / 11, 2. / 13, 2. / 15};
  const Vector m = _mm512_getmant_pd(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src);
  const Vector k = roundToInteger(static_cast<Vector>(_mm512_getexp_pd(x / m)));
  const Vector s = (m - 1) / (m + 1);
  return k * 0.6931471805599453 + s * polynomial(s * s, series);
}

// Of a fraction of the circle, reduced to at most an eighth on either side.
static void sineAndCosine(Vector turns, Vector& sine, Vector& cosine) {
  static const double sines[] = {1, -1. / 6, 1. / 120, -1. / 5040, 1. / 362880, -1. / 39916800, 1. / 6227020800.};
  static const double cosines[] = {1, -1. / 2, 1. / 24, -1. / 720, 1. / 40320, -1. / 3628800, 1. / 479001600};
  const Vector quarter = roundToInteger(turns * 4);
  const Vector r = (turns - quarter * 0.25) * 6.283185307179586;
  const Vector s = r * polynomial(r * r, sines), c = polynomial(r * r, cosines);
  const __m512i q = _mm512_cvtpd_epi64(quarter);
  const __mmask8 odd = _mm512_test_epi64_mask(q, _mm512_set1_epi64(1));
  const __m512i signOfSine = _mm512_slli_epi64(_mm512_and_epi64(q, _mm512_set1_epi64(2)), 62);
  const __m512i signOfCosine = _mm512_slli_epi64(_mm512_and_epi64(_mm512_add_epi64(q, _mm512_set1_epi64(1)), _mm512_set1_epi64(2)), 62);
  sine = _mm512_xor_pd(_mm512_mask_blend_pd(odd, s, c), _mm512_castsi512_pd(signOfSine));
  cosine = _mm512_xor_pd(_mm512_mask_blend_pd(odd, c, s), _mm512_castsi512_pd(signOfCosine));
}

static void normals(Row& first, Row& second) {
  alignas(64) Row u, v;
  uniforms(u);
  uniforms(v);
  for (int lane = 0; lane < LANES; lane += 8) {
    const Vector radius = _mm512_sqrt_pd(-2 * logarithm(_mm512_load_pd(u + lane)));
    Vector sine, cosine;
    sineAndCosine(_mm512_load_pd(v + lane), sine, cosine);
    _mm512_store_pd(first + lane, radius * cosine);
    _mm512_store_pd(second + lane, radius * sine);
  }
}

static void combine(double start, const double* coefficients, int count, const Row* rows, Row& out) {
  Vector sums[LANES / 8];
  for (Vector& sum : sums) sum = Vector{} + start;
  for (int j = 0; j < count; j++)
    for (int part = 0; part < LANES / 8; part++) sums[part] += coefficients[j] * static_cast<Vector>(_mm512_load_pd(rows[j] + 8 * part));
  for (int part = 0; part < LANES / 8; part++) _mm512_store_pd(out + 8 * part, sums[part]);
}

// Buckets of equal ranges of the doubles' high words. Only buckets that hold a wanted rank are sorted.
static std::vector<double> quantiles(const double* row, int count, const std::vector<double>& fractions) {
  constexpr int BUCKETS = 2048;
  static std::vector<std::uint16_t> bucketOf;
  static std::vector<std::vector<double>> gathered(BUCKETS);
  int starts[BUCKETS + 1] = {};
  bool wanted[BUCKETS] = {};
  bucketOf.resize(count);
  const auto high = [&](int i) {
    std::int64_t bits;
    std::memcpy(&bits, row + i, sizeof bits);
    return static_cast<std::int32_t>(bits >> 32);
  };
  std::int32_t least = INT32_MAX, greatest = 0;
  for (int i = 0; i < count; i++) greatest = std::max(greatest, high(i));
  for (int i = 0; i < count; i++) least = std::min(least, high(i) ? high(i) : INT32_MAX);
  least = std::min(least, greatest);
  int shift = 0;
  while ((greatest - least) >> shift >= BUCKETS - 1) shift++;
  for (int i = 0; i < count; i++) bucketOf[i] = high(i) < least ? 0 : 1 + ((high(i) - least) >> shift);
  for (int i = 0; i < count; i++) starts[bucketOf[i] + 1]++;
  for (int b = 0; b < BUCKETS; b++) starts[b + 1] += starts[b];
  const auto bucketAt = [&](int rank) { return static_cast<int>(std::upper_bound(starts, starts + BUCKETS + 1, rank) - starts) - 1; };
  for (double fraction : fractions) {
    const int below = static_cast<int>((count - 1) * fraction);
    wanted[bucketAt(below)] = wanted[bucketAt(std::min(below + 1, count - 1))] = true;
  }
  for (int b = 0; b < BUCKETS; b++) gathered[b].clear();
  for (int i = 0; i < count; i++)
    if (wanted[bucketOf[i]]) gathered[bucketOf[i]].push_back(row[i]);
  for (int b = 1; b < BUCKETS; b++)
    if (wanted[b]) std::sort(gathered[b].begin(), gathered[b].end());
  const auto at = [&](int rank) { return gathered[bucketAt(rank)][rank - starts[bucketAt(rank)]]; };
  std::vector<double> found;
  for (double fraction : fractions) {
    const double h = (count - 1) * fraction;
    const int below = static_cast<int>(h);
    found.push_back(at(below) + (h - below) * (at(std::min(below + 1, count - 1)) - at(below)));
  }
  return found;
}

static void run(const Spec& s) {
  const Timer timer;
  const int factors = s.assets + 1;
  const std::size_t paths = s.paths, stride = (paths + LANES - 1) / LANES * LANES;
  static std::vector<double> nominal, real, growths, real_growths;
  nominal.resize(s.years * stride);
  real.resize(s.years * stride);
  growths.resize(stride);
  real_growths.resize(stride);
  alignas(64) static Row z[64], gross[64], holdings[64];
  alignas(64) Row balance, index, paid, growth, value, portfolio, year_growth, year_inflation;
  double nominal_sum = 0, real_sum = 0, paid_paths = 0;

  for (std::size_t first = 0; first < paths; first += LANES) {
    const int lanes = static_cast<int>(std::min<std::size_t>(LANES, paths - first));
    openStreams(first);
    for (int lane = 0; lane < LANES; lane++) {
      balance[lane] = s.opening;
      index[lane] = paid[lane] = growth[lane] = 1;
    }
    for (int year = 0; year < s.years; year++) {
      const double real_flow = s.real_flows[year] / s.steps, nominal_flow = s.nominal_flows[year] / s.steps;
      for (int lane = 0; lane < LANES; lane++) value[lane] = year_growth[lane] = year_inflation[lane] = 1;
      for (int asset = 0; asset < s.assets; asset++)
        for (double& lane : holdings[asset]) lane = s.weights[asset];
      for (int step = 0; step < s.steps; step++) {
        for (int j = 0; j < factors; j += 2) normals(z[j], z[j + 1]);
        const double* loading = s.loadings.data();
        for (int i = 0; i < factors; i++) {
          combine(s.drift[i], loading, i + 1, z, gross[i]);
          loading += i + 1;
          for (int lane = 0; lane < LANES; lane += 8)
            _mm512_store_pd(gross[i] + lane, exponential(_mm512_load_pd(gross[i] + lane)));
        }
        if (s.steps == 1) {
          combine(0, s.weights.data(), s.assets, gross, portfolio);
        } else {
          Row total = {};
          for (int asset = 0; asset < s.assets; asset++)
            for (int lane = 0; lane < LANES; lane++) total[lane] += holdings[asset][lane] *= gross[asset][lane];
          for (int lane = 0; lane < LANES; lane++) {
            portfolio[lane] = total[lane] / value[lane];
            value[lane] = total[lane];
          }
        }
        const Row& inflation = gross[s.assets];
        for (int lane = 0; lane < LANES; lane++) {
          const double after = balance[lane] + (real_flow * index[lane] + nominal_flow);
          paid[lane] = after >= 0 ? paid[lane] : 0;
          balance[lane] = paid[lane] > 0 ? after * portfolio[lane] : 0;
          index[lane] *= inflation[lane];
          year_growth[lane] *= portfolio[lane];
          year_inflation[lane] *= inflation[lane];
        }
      }
      for (int lane = 0; lane < LANES; lane++) growth[lane] *= year_growth[lane];
      for (int lane = 0; lane < lanes; lane++) nominal_sum += year_growth[lane] - 1;
      for (int lane = 0; lane < lanes; lane++) real_sum += year_growth[lane] / year_inflation[lane] - 1;
      for (int lane = 0; lane < LANES; lane++) {
        nominal[year * stride + first + lane] = balance[lane];
        real[year * stride + first + lane] = balance[lane] / index[lane];
      }
    }
    for (int lane = 0; lane < lanes; lane++) paid_paths += paid[lane];
    for (int lane = 0; lane < LANES; lane++) {
      growths[first + lane] = growth[lane];
      real_growths[first + lane] = growth[lane] / index[lane];
    }
  }

  double mean = 0, squares = 0, annualised = 0, checks = nominal_sum + real_sum;
  const double* last = real.data() + (s.years - 1) * stride;
  for (std::size_t path = 0; path < paths; path++) mean += last[path] / paths;
  for (std::size_t path = 0; path < paths; path++) squares += (last[path] - mean) * (last[path] - mean);
  for (std::size_t path = 0; path < paths; path++) annualised += std::exp(std::log(growths[path]) / s.years) - 1;
  for (std::size_t path = 0; path < paths; path++) annualised += std::exp(std::log(real_growths[path]) / s.years) - 1;
  for (int year = 0; year < s.years; year++) {
    for (double q : quantiles(nominal.data() + year * stride, s.paths, s.percentiles)) checks += q;
    for (double q : quantiles(real.data() + year * stride, s.paths, s.percentiles)) checks += q;
  }
  answer(timer, paid_paths / s.paths, mean, std::sqrt(squares / s.paths), annualised / s.paths, checks);
}

int main() { answerEachLine(run); }
