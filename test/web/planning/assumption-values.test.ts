import { expect, test } from 'vitest'
import { nextStatuses, validateAssumptions } from '../../../domain/planning/index.ts'
import { issuesUnder } from '../../../domain/shared/index.ts'
import { horizonSurvey2017 } from '../../../db/reference-data/horizon-survey-2017.ts'
import { checkModel, modelBody, modelFieldOf, modelValues, sumOfWeights } from '../../../web/planning/assumptions/model-values.ts'
import {
  checkSet,
  fieldsOf,
  rowsOf,
  setBody,
  setFieldOf,
  setValues,
  type SetValues,
  withAsset,
  withoutAsset,
} from '../../../web/planning/assumptions/set-values.ts'
import { type AssumptionSet, nextStages, type PortfolioModel, type Stage } from '../../../web/planning/assumptions/stages.ts'

const look = { locale: 'en-US', currency: 'USD', timezone: 'America/New_York', hidesAmounts: false }
const german = { ...look, locale: 'de-DE' }
const basis = {
  name: 'Survey',
  published: true,
  source: 'Survey',
  methodology: null,
  assumptions: horizonSurvey2017,
} as unknown as AssumptionSet
const options = { householdId: 'household', today: '2026-07-01' }
const survey = (): SetValues => ({ ...setValues(basis, { ...options, look }), name: 'House', version: '2026' })

test('the page knows the stages that the server accepts', () => {
  for (const [stage, next] of Object.entries(nextStages)) expect(next.toSorted()).toEqual([...nextStatuses(stage as Stage)].toSorted())
})

test.for([look, german])('a survey goes through the form of $locale without a change', each => {
  const values = { ...setValues(basis, { ...options, look: each }), name: 'House', version: '2026' }
  expect(checkSet(values, each)).toEqual({})
  const { assumptions } = setBody(values, each)
  expect(assumptions).toEqual({
    ...horizonSurvey2017,
    inflation: {
      ...horizonSurvey2017.inflation,
      correlation: horizonSurvey2017.inflation.correlation ?? horizonSurvey2017.assets.map(() => 0),
    },
  })
  expect(validateAssumptions(assumptions)).toEqual([])
})

test('a survey is not the source of other figures, and a household keeps what it wrote of its own', () => {
  expect(survey()).toMatchObject({ source: '', methodology: 'Begun with the figures of “Survey”.' })
  const own = { ...basis, published: false, methodology: 'Talks' }
  expect(setValues(own, { ...options, look })).toMatchObject({ name: 'Survey', source: 'Survey', methodology: 'Talks' })
})

test('an asset class is taken away with its correlations only', () => {
  const values = survey()
  const removed = 2
  const { assumptions } = setBody({ ...values, ...fieldsOf(withoutAsset(rowsOf(values), removed)) }, look)
  const kept = horizonSurvey2017.assets.map((_, index) => index).filter(index => index !== removed)
  expect(assumptions.assets.map(({ key }) => key)).toEqual(kept.map(index => horizonSurvey2017.assets[index]?.key))
  expect(assumptions.correlation).toEqual(kept.map(row => kept.map(column => horizonSurvey2017.correlation[row]?.[column])))
  expect(validateAssumptions(assumptions)).toEqual([])
})

test('a new asset class has a key from its name, and correlates with no other', () => {
  const values = survey()
  const added = { ...values, ...fieldsOf(withAsset(rowsOf(values))) }
  const place = horizonSurvey2017.assets.length
  expect(Object.keys(checkSet(added, look)).toSorted()).toEqual([`${place}.mean`, `${place}.name`, `${place}.volatility`])
  const filled = { ...added, [`${place}.name`]: '2 Gold & Öl', [`${place}.mean`]: '3.5', [`${place}.volatility`]: '18' }
  const { assumptions } = setBody(filled, look)
  expect(assumptions.assets.at(-1)).toEqual({ key: 'gold_l', name: '2 Gold & Öl', meanReturn: 0.035, volatility: 0.18 })
  expect(
    assumptions.correlation
      .at(-1)!
      .slice(0, -1)
      .every(each => each === 0),
  ).toBe(true)
  expect(validateAssumptions(assumptions)).toEqual([])
})

test('every fault that the server finds has a field of the form', () => {
  const values = survey()
  const broken: readonly [changes: Record<string, string>, field: string][] = [
    [{ '0.mean': '9999' }, '0.mean'],
    [{ '1.volatility': '-1' }, '1.volatility'],
    [{ '3.key': 'Not A Key' }, '3.key'],
    [{ '1.key': horizonSurvey2017.assets.at(0)?.key ?? '' }, '1.key'],
    [{ '2~0': '5' }, '2~0'],
    [{ 'inflation~4': '-3' }, 'inflation~4'],
    [{ inflationMean: '500' }, 'inflationMean'],
    [{ inflationVolatility: '-5' }, 'inflationVolatility'],
    [{ '1~0': '1', '2~0': '-1', '2~1': '1' }, 'correlation'],
  ]
  for (const [changes, field] of broken) {
    const wrong = { ...values, ...changes }
    const issues = issuesUnder('body.assumptions', validateAssumptions(setBody(wrong, look).assumptions))
    expect(issues.map(({ path }) => setFieldOf(path, wrong))).toContain(field)
    expect(issues.every(({ path }) => setFieldOf(path, wrong) in wrong)).toBe(true)
  }
})

test('what is no number is refused before it is sent', () => {
  const wrong = { ...survey(), '0.mean': 'much', '1~0': 'x', inflationMean: '', effectiveDate: '', version: ' ' }
  expect(Object.keys(checkSet(wrong, look)).toSorted()).toEqual(['0.mean', '1~0', 'effectiveDate', 'inflationMean', 'version'])
})

const keys = ['stocks', 'bonds', 'cash']
const model = {
  name: 'Mix',
  riskLevel: 6,
  description: null,
  isActive: true,
  assetAllocation: { stocks: 0.585, bonds: 0.415 },
} as unknown as PortfolioModel

test('the weights of a model are percentages, and an empty field is no weight', () => {
  const values = modelValues(model, keys, german)
  expect(values).toMatchObject({ 'weight.stocks': '58,5', 'weight.bonds': '41,5', 'weight.cash': '' })
  expect(sumOfWeights(values, keys, german)).toBeCloseTo(1, 12)
  expect(modelBody(values, keys, german)).toEqual({
    name: 'Mix',
    riskLevel: 6,
    description: null,
    assetAllocation: { stocks: 0.585, bonds: 0.415 },
  })
  expect(checkModel({ ...values, 'weight.cash': 'some' }, keys, german)).toEqual({ 'weight.cash': expect.any(String) })
  expect(modelFieldOf('body.assetAllocation.cash')).toBe('weight.cash')
  expect(modelFieldOf('body.assetAllocation')).toBe('assetAllocation')
})
