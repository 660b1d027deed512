import { bollinger, donchian, keltner, standardDeviation } from './channels.ts'
import { macd, trix, tsi } from './convergence.ts'
import type { Indicator } from './define.ts'
import { adx, aroon, atr, vortex } from './directional.ts'
import { dema, ema, hma, sma, smma, tema, wma } from './moving-averages.ts'
import { awesomeOscillator, cci, momentum, roc, stochastic, ultimateOscillator, williamsR } from './oscillators.ts'
import { rsi, stochasticRsi } from './relative-strength.ts'
import { ichimoku, parabolicSar } from './trend.ts'
import { adl, chaikinOscillator, cmf, forceIndex, mfi, obv } from './volume.ts'
import { vwap, vwapRolling, vwapSession, vwma } from './volume-weighted.ts'

export { type Bar, batchIndicators, type Column, type Indicator, type IndicatorRequest, type Memory } from './define.ts'
export { type Parameter } from './parameters.ts'

/** All indicators by the name in a request. */
export const indicators = {
  adl,
  adx,
  aroon,
  atr,
  awesomeOscillator,
  bollinger,
  cci,
  chaikinOscillator,
  cmf,
  dema,
  donchian,
  ema,
  forceIndex,
  hma,
  ichimoku,
  keltner,
  macd,
  mfi,
  momentum,
  obv,
  parabolicSar,
  roc,
  rsi,
  sma,
  smma,
  standardDeviation,
  stochastic,
  stochasticRsi,
  tema,
  trix,
  tsi,
  ultimateOscillator,
  vortex,
  vwap,
  vwapRolling,
  vwapSession,
  vwma,
  williamsR,
  wma,
} satisfies Record<string, Indicator>

export type IndicatorName = keyof typeof indicators
