import { expect, test } from 'vitest'
import { analysisSteps, simulatedSteps, type Stress, stressed } from '../../../domain/planning/index.ts'
import { fullCouple } from './household/households.ts'

test('a stress counts with the years that it simulates', () => {
  const household = fullCouple({ paths: 100 })
  const person = household.people[0]!.key
  const stepsOf = (stress: Stress) => analysisSteps({ kind: 'stresses', household, stresses: [stress] }) - simulatedSteps(household)
  const long: Stress = { name: 'Long life', kind: 'long_life', age: 105 }
  const early: Stress = { name: 'Early death', kind: 'early_death', person, age: 70 }
  for (const stress of [long, early]) expect(stepsOf(stress)).toBeCloseTo(simulatedSteps(stressed(household, stress)), 6)
  expect(stepsOf({ ...early, person: 'Nobody' })).toBeCloseTo(simulatedSteps(household), 6)
})
