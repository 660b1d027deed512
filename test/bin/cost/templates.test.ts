import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { estimate } from '../../../bin/cost/estimate.ts'
import { loadOf } from '../../../bin/cost/load.ts'
import { pricedRegion, type PriceName, prices } from '../../../bin/cost/prices.ts'
import { resourceTypes } from '../../../bin/cost/resource-types.ts'
import { readResources } from '../../../bin/cost/resources.ts'
import { environmentNames } from '../../../lib/environments.ts'
import { environment } from '../../lib/synthesized.ts'
import { costTable, resourcesOf, templatesOf, withCostTable } from './readme-table.ts'
import { templateOf, type Trial } from './trial-environment.ts'

// The first synthesis of each environment takes a while.
beforeAll(() => environmentNames.forEach(environment), 180_000)

const usedTypes = () => new Set(environmentNames.flatMap(name => resourcesOf(name).all.map(({ type }) => type)))

describe('the table of types', () => {
  it('says for each type of a template how it is billed', () => {
    expect([...usedTypes()].filter(type => !(type in resourceTypes))).toEqual([])
  })

  it('has no type that no template contains', () => {
    const used = usedTypes()
    expect(Object.keys(resourceTypes).filter(type => !used.has(type))).toEqual([])
  })

  it('finds something to bill for each priced type that a template contains', () => {
    const used = usedTypes()
    const nothing = Object.entries(resourceTypes).flatMap(([type, billing]) => {
      if (typeof billing !== 'function' || !used.has(type)) return []
      const quantities = environmentNames.flatMap(name => {
        const resources = resourcesOf(name)
        return billing(resources.of(type), resources, loadOf(name, { idle: false })).map(({ quantity }) => quantity)
      })
      return quantities.some(quantity => quantity.greaterThan(0)) ? [] : [type]
    })
    // The endpoint of S3 is a gateway, which is free, as are the first three dashboards of an account.
    expect(nothing.filter(type => type !== 'AWS::EC2::VPCEndpoint' && type !== 'AWS::CloudWatch::Dashboard')).toEqual([])
  })
})

const dollarsWith = (added: Trial) =>
  estimate(
    readResources(new Map([...templatesOf('prod'), ['added', templateOf(added)]]), pricedRegion),
    loadOf('prod', { idle: false }),
    prices,
  ).dollars

describe('what is added to the templates of prod', () => {
  const metric = (MetricName: string) => ({ MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName } } })
  it.each<[string, Trial, string]>([
    ['an alarm', { Alarm: ['AWS::CloudWatch::Alarm', { Namespace: 'AWS/Lambda', MetricName: 'Errors' }] }, '0.1'],
    ['an alarm on a sum', { Alarm: ['AWS::CloudWatch::Alarm', { Metrics: ['A', 'B', 'C'].map(metric) }] }, '0.3'],
    ['a key', { Key: ['AWS::KMS::Key'] }, '1'],
    ['a secret', { Secret: ['AWS::SecretsManager::Secret'] }, '0.4'],
    ['a role', { Role: ['AWS::IAM::Role'] }, '0'],
  ])('%s adds its price', (_, added, dollars) => {
    expect(dollarsWith(added).minus(dollarsWith({})).toFixed()).toBe(dollars)
  })
})

describe('prices', () => {
  it.each(Object.keys(prices) as PriceName[])('%s has an amount, a page of AWS and the place where it was read', name => {
    const { dollars, page, read, service, unit } = prices[name]
    expect(dollars.greaterThan(0)).toBe(true)
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/pricing\/([a-z-]+\/)?$/)
    expect([read, service, unit].every(text => text.length > 0)).toBe(true)
  })
})

it('README.md has the table of today: npm run docs:cost writes it', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
  expect(readme).toBe(withCostTable(readme, costTable()))
})
