/** Series that the Social Security Administration publishes each October; a new year adds one figure at the end of each. */

/** National average wage index, from 1951. Source: SSA Office of the Chief Actuary, "Average wage indexing series"; 42 USC 409(k). */
const AVERAGE_WAGE_INDEX_FROM = 1951
const averageWageIndexes = [
  2799.16, 2973.32, 3139.44, 3155.64, 3301.44, 3532.36, 3641.72, 3673.8, 3855.8, 4007.12, 4086.76, 4291.4, 4396.64, 4576.32, 4658.72,
  4938.36, 5213.44, 5571.76, 5893.76, 6186.24, 6497.08, 7133.8, 7580.16, 8030.76, 8630.92, 9226.48, 9779.44, 10_556.03, 11_479.46,
  12_513.46, 13_773.1, 14_531.34, 15_239.24, 16_135.07, 16_822.51, 17_321.82, 18_426.51, 19_334.04, 20_099.55, 21_027.98, 21_811.6,
  22_935.42, 23_132.67, 23_753.53, 24_705.66, 25_913.9, 27_426, 28_861.44, 30_469.84, 32_154.82, 32_921.92, 33_252.09, 34_064.95, 35_648.55,
  36_952.94, 38_651.41, 40_405.48, 41_334.97, 40_711.61, 41_673.83, 42_979.61, 44_321.67, 44_888.16, 46_481.52, 48_098.63, 48_642.15,
  50_321.89, 52_145.8, 54_099.99, 55_628.6, 60_575.07, 63_795.13, 66_621.8, 69_846.57,
]

/** Contribution and benefit base (the most that is taxed and counted in a year), from 1951. Source: SSA; 42 USC 430. */
const CONTRIBUTION_BASE_FROM = 1951
const contributionBases = [
  3600, 3600, 3600, 3600, 4200, 4200, 4200, 4200, 4800, 4800, 4800, 4800, 4800, 4800, 4800, 6600, 6600, 7800, 7800, 7800, 7800, 9000,
  10_800, 13_200, 14_100, 15_300, 16_500, 17_700, 22_900, 25_900, 29_700, 32_400, 35_700, 37_800, 39_600, 42_000, 43_800, 45_000, 48_000,
  51_300, 53_400, 55_500, 57_600, 60_600, 61_200, 62_700, 65_400, 68_400, 72_600, 76_200, 80_400, 84_900, 87_000, 87_900, 90_000, 94_200,
  97_500, 102_000, 106_800, 106_800, 106_800, 110_100, 113_700, 117_000, 118_500, 118_500, 127_200, 128_400, 132_900, 137_700, 142_800,
  147_000, 160_200, 168_600, 176_100, 184_500,
]

/** Cost-of-living adjustment of each December (June until 1982), in percent, from 1975. Source: SSA; 42 USC 415(i). */
const ADJUSTMENTS_FROM = 1975
const adjustmentsPercent = [
  8, 6.4, 5.9, 6.5, 9.9, 14.3, 11.2, 7.4, 3.5, 3.5, 3.1, 1.3, 4.2, 4, 4.7, 5.4, 3.7, 3, 2.6, 2.8, 2.6, 2.9, 2.1, 1.3, 2.5, 3.5, 2.6, 1.4,
  2.1, 2.7, 4.1, 3.3, 2.3, 5.8, 0, 0, 3.6, 1.7, 1.5, 1.7, 0, 0.3, 2, 2.8, 1.6, 1.3, 5.9, 8.7, 3.2, 2.5, 2.8,
]

/** A value of a yearly series; beyond its end, the last value grown at a constant rate. */
const valueOf = (series: readonly number[], firstYear: number, year: number, growthAnnual: number): number => {
  if (year < firstYear) throw new RangeError(`Social Security has no wage figures for ${year}: the first are for ${firstYear}`)
  const last = series.length - 1
  let value = series[Math.min(year - firstYear, last)]!
  for (let later = firstYear + last; later < year; later++) value *= 1 + growthAnnual
  return value
}

/** Average wage index of a year; beyond the last published one it grows by `wageGrowthAnnual`. Throws RangeError before 1951. */
export const averageWageIndex = (year: number, wageGrowthAnnual: number): number =>
  valueOf(averageWageIndexes, AVERAGE_WAGE_INDEX_FROM, year, wageGrowthAnnual)

/** Contribution and benefit base of a year; beyond the last published one it grows by `wageGrowthAnnual`. Throws RangeError before 1951. */
export const contributionBase = (year: number, wageGrowthAnnual: number): number =>
  valueOf(contributionBases, CONTRIBUTION_BASE_FROM, year, wageGrowthAnnual)

/** Cost-of-living adjustment that takes effect in December of a year, a fraction; undefined if it is not published. */
export const costOfLivingAdjustment = (year: number): number | undefined => {
  const percent = adjustmentsPercent[year - ADJUSTMENTS_FROM]
  return percent === undefined ? undefined : percent / 100
}

export interface EarningsTestExemption {
  readonly year: number
  readonly before: number
  readonly inYear: number
}

/**
 * Earnings up to which benefits before full retirement age are paid in full, by year: for a whole such year, and for the earlier months of the year in
 * which the age is reached. Both follow wages. Source: SSA, "Exempt amounts under the earnings test"; 42 USC 403(f)(8).
 */
export const earningsTestExemptions: readonly EarningsTestExemption[] = [
  { year: 2000, before: 10_080, inYear: 17_000 },
  { year: 2001, before: 10_680, inYear: 25_000 },
  { year: 2002, before: 11_280, inYear: 30_000 },
  { year: 2003, before: 11_520, inYear: 30_720 },
  { year: 2004, before: 11_640, inYear: 31_080 },
  { year: 2005, before: 12_000, inYear: 31_800 },
  { year: 2006, before: 12_480, inYear: 33_240 },
  { year: 2007, before: 12_960, inYear: 34_440 },
  { year: 2008, before: 13_560, inYear: 36_120 },
  { year: 2009, before: 14_160, inYear: 37_680 },
  { year: 2010, before: 14_160, inYear: 37_680 },
  { year: 2011, before: 14_160, inYear: 37_680 },
  { year: 2012, before: 14_640, inYear: 38_880 },
  { year: 2013, before: 15_120, inYear: 40_080 },
  { year: 2014, before: 15_480, inYear: 41_400 },
  { year: 2015, before: 15_720, inYear: 41_880 },
  { year: 2016, before: 15_720, inYear: 41_880 },
  { year: 2017, before: 16_920, inYear: 44_880 },
  { year: 2018, before: 17_040, inYear: 45_360 },
  { year: 2019, before: 17_640, inYear: 46_920 },
  { year: 2020, before: 18_240, inYear: 48_600 },
  { year: 2021, before: 18_960, inYear: 50_520 },
  { year: 2022, before: 19_560, inYear: 51_960 },
  { year: 2023, before: 21_240, inYear: 56_520 },
  { year: 2024, before: 22_320, inYear: 59_520 },
  { year: 2025, before: 23_400, inYear: 62_160 },
  { year: 2026, before: 24_480, inYear: 65_160 },
]

/** The exemptions to start from for a year: its own, or the latest published before it. Throws RangeError before the first. */
export const earningsTestExemptionFor = (year: number): EarningsTestExemption => {
  const exemption = earningsTestExemptions.findLast(row => row.year <= year)
  if (exemption === undefined)
    throw new RangeError(`there are no earnings test figures for ${year}: the first are for ${earningsTestExemptions[0]!.year}`)
  return exemption
}
