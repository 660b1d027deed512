import { expect, test } from 'vitest'
import { HOUSEHOLD_ENGINE_VERSION, readStoredSpecification, simulatedSteps } from '../../../domain/planning/index.ts'
import { ENGINE_VERSION, type SimulationSpec } from '../../../domain/simulation/index.ts'
import { household } from './household/households.ts'
import { ACCOUNTS, REGIMES, simulationSpec, STUDENT_T } from '../simulation/specs.ts'

const pathsOf = (engineVersion: string, stored: unknown): string[] => {
  try {
    readStoredSpecification(engineVersion, stored)
  } catch (error) {
    return (error as { issues: { path: string }[] }).issues.map(({ path }) => path)
  }
  return []
}

test('a stored specification that the engine cannot read is reported with its member', () => {
  expect(pathsOf(HOUSEHOLD_ENGINE_VERSION, household())).toEqual([])
  expect(pathsOf(HOUSEHOLD_ENGINE_VERSION, household({ paths: 0 }))).toEqual(['specification.paths'])
  expect(pathsOf(HOUSEHOLD_ENGINE_VERSION, 'text')).toEqual(['specification'])
  expect(pathsOf(ENGINE_VERSION, null)).toEqual(['specification'])
  expect(pathsOf('unknown/1', household())).toEqual(['engineVersion'])
})

test('a portfolio that the kernel does not simulate counts with the time of its return model and its accounts', () => {
  const kernel = simulatedSteps(simulationSpec({ stepsPerYear: 12 }))
  const times = (changes: Partial<SimulationSpec>) => simulatedSteps(simulationSpec({ stepsPerYear: 12, ...changes })) / kernel
  // Measured with two assets: Student t and regimes 5 times the kernel, three accounts 8 times.
  for (const returns of [STUDENT_T, REGIMES]) expect(times({ returns })).toBeGreaterThan(4)
  expect(times(ACCOUNTS)).toBeGreaterThan(7)
  // 100,000 paths over 100 years of months with 20 assets take a minute.
  const assets = Array.from({ length: 20 }, (_, index) => ({ ...STUDENT_T.assets[0]!, key: `${index}` }))
  const long = simulationSpec({ years: 100, paths: 100_000, stepsPerYear: 12, returns: { ...STUDENT_T, assets } })
  expect(simulatedSteps(long)).toBeGreaterThan(30_000_000)
})
