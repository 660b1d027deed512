/** A return model of each kind, as part of a body. `history` names a dataset and an allocation of it. */
export const returnModels = (history: Readonly<Record<string, unknown>>): Readonly<Record<string, Record<string, unknown>>> => ({
  lognormal: { kind: 'lognormal' },
  student_t: { kind: 'student_t', degreesOfFreedom: 4 },
  regime: {
    kind: 'regime',
    turbulent: { meanReturnShift: -0.12, volatilityFactor: 1.8 },
    becomesTurbulent: 0.15,
    becomesCalm: 0.4,
  },
  bootstrap: { kind: 'bootstrap', ...history },
  block_bootstrap: { kind: 'block_bootstrap', ...history, blockLengthPeriods: 3 },
  stationary_bootstrap: { kind: 'stationary_bootstrap', ...history, meanBlockLengthPeriods: 2.5 },
  historical_replay: { kind: 'historical_replay', ...history },
})
