/*
 * The layout of the module's memory. The memory never grows, so that no view of it ever becomes stale. Pages that are never written cost
 * nothing. Rows have one lane per path. The host reads and writes at the exported addresses.
 */

export const LANES: usize = 64
/** Bytes of a row of doubles. */
export const ROW: usize = LANES * 8

const ROW_OF_DOUBLES: i32 = <i32>ROW
const ROW_OF_WORDS: i32 = <i32>ROW / 2

/** 50 assets and inflation. */
const FACTORS: i32 = 51
const ASSETS: i32 = 50
const YEARS: i32 = 120
/** Greatest sample that has exact quantiles. */
const SAMPLE_SIZE: i32 = 200000
/** Two order statistics for each of 99 percentiles. */
const WANTED_RANKS: i32 = 198
/** Greatest number of paths simulated at once, and the output of a path: two balances per year, four doubles, one integer. */
const CHUNK_PATHS: i32 = 16384
const PATH_BYTES: i32 = 2 * YEARS * 8 + 4 * 8 + 4

/** Cubics of the normal quantile, four coefficients per segment, rows of segments from the most leading zeros to the fewest. */
export const NORMAL_CUBICS: usize = memory.data(1024 * 32, 32)
/** 2^((i - 2048) / 32). */
export const EXP2: usize = memory.data(4096 * 8, 16)

/** Generators: word w of lane l at STATES + w * 4 LANES + l * 4. */
export const STATES: usize = memory.data(4 * ROW_OF_WORDS, 16)
export const DRAWS: usize = memory.data(FACTORS * ROW_OF_WORDS, 16)
export const NORMALS: usize = memory.data(FACTORS * ROW_OF_DOUBLES, 16)
/** Gross returns of the assets, then gross inflation. */
export const GROSS: usize = memory.data(FACTORS * ROW_OF_DOUBLES, 16)

/** Parameters of a lognormal step: mean log return and, row by row without padding, the lower triangle of loadings. */
export const DRIFT: usize = memory.data(FACTORS * 8, 16)
export const LOADINGS: usize = memory.data(((FACTORS * (FACTORS + 1)) / 2) * 8, 16)

export const WEIGHTS: usize = memory.data(ASSETS * 8, 16)
export const HOLDINGS: usize = memory.data(ASSETS * ROW_OF_DOUBLES, 16)
export const VALUE: usize = memory.data(ROW_OF_DOUBLES, 16)
export const GROWTH: usize = memory.data(ROW_OF_DOUBLES, 16)

/** Net flow of a step of each year. */
export const REAL_FLOWS: usize = memory.data(YEARS * 8, 16)
export const NOMINAL_FLOWS: usize = memory.data(YEARS * 8, 16)

/** The state of each lane: the fields of Wealth in the plain form. */
export const BALANCE: usize = memory.data(ROW_OF_DOUBLES, 16)
export const PRICE_INDEX: usize = memory.data(ROW_OF_DOUBLES, 16)
/** All ones while every withdrawal was paid in full. */
export const PAID: usize = memory.data(ROW_OF_DOUBLES, 16)
export const DEPLETED_IN: usize = memory.data(ROW_OF_WORDS, 16)
export const YEAR_GROWTH: usize = memory.data(ROW_OF_DOUBLES, 16)
export const YEAR_INFLATION: usize = memory.data(ROW_OF_DOUBLES, 16)
export const TOTAL_GROWTH: usize = memory.data(ROW_OF_DOUBLES, 16)
export const NOMINAL_RETURN_SUM: usize = memory.data(ROW_OF_DOUBLES, 16)
export const REAL_RETURN_SUM: usize = memory.data(ROW_OF_DOUBLES, 16)

/** A sample, the ranks of the wanted quantiles, and the scratch memory of the search. */
export const SAMPLE: usize = memory.data(SAMPLE_SIZE * 8 + 16, 16)
export const SCRATCH: usize = memory.data(SAMPLE_SIZE * 8, 16)
export const BUCKET_OFFSETS: usize = memory.data(SAMPLE_SIZE * 4 + 16, 16)
export const RANKS: usize = memory.data(WANTED_RANKS * 4, 16)
export const ORDER_STATISTICS: usize = memory.data(WANTED_RANKS * 8, 16)

/** The output of simulated paths, laid out by the host; a block's lanes past the last path run over the end. */
export const RESULTS: usize = memory.data(CHUNK_PATHS * PATH_BYTES + 2 * ROW_OF_DOUBLES, 16)
