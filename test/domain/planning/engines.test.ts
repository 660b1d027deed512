import { expect, test } from 'vitest'
import { HOUSEHOLD_ENGINE_VERSION, readStoredSpecification } from '../../../domain/planning/index.ts'
import { ENGINE_VERSION } from '../../../domain/simulation/index.ts'
import { household } from './household/households.ts'

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
