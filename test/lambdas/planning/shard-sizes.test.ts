import { expect, test } from 'vitest'
import { leastShards } from '../../../lambdas/planning/queue-run.ts'
import { ACCOUNTS, simulationSpec, STUDENT_T } from '../../domain/simulation/specs.ts'

test('a run has enough shards for the memory and the time of their function', () => {
  expect(leastShards(simulationSpec({ paths: 200_001 }))).toBe(5)
  const accounts = Array.from({ length: 100 }, (_, index) => ({ ...ACCOUNTS.accounts[0]!, key: `${index}` }))
  const assets = Array.from({ length: 20 }, (_, index) => ({ ...STUDENT_T.assets[0]!, key: `${index}` }))
  const returns = { ...STUDENT_T, assets }
  const long = simulationSpec({ years: 100, stepsPerYear: 12, paths: 50_000, accounts, returns })
  // It takes 580 s together.
  expect(leastShards(long)).toBeGreaterThan(5)
})
