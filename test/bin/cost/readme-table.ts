import { type Estimate, estimate } from '../../../bin/cost/estimate.ts'
import { type Load, loadOf } from '../../../bin/cost/load.ts'
import { pricedRegion, prices, pricesOf } from '../../../bin/cost/prices.ts'
import { inCents } from '../../../bin/cost/report.ts'
import { readResources, type Resources } from '../../../bin/cost/resources.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentNames, environmentSettings } from '../../../lib/environments.ts'
import { environment } from '../../lib/synthesized.ts'

/** The templates of an environment as texts, by the names of their stacks. */
export const templatesOf = (name: EnvironmentName): Map<string, string> =>
  new Map([...environment(name).templates].map(([stack, template]) => [stack, JSON.stringify(template)]))

export const resourcesOf = (name: EnvironmentName): Resources => readResources(templatesOf(name), environmentSettings(name).region)

const begin = '<!-- npm run docs:cost writes this table. -->'
const end = '<!-- The end of the table of costs. -->'

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const sentence = (name: EnvironmentName, load: Load): string => {
  const [users, requests, gigabytes, runs] = [load.users, load.requestsPerMonth, load.storageGigabytes, load.largeRunsPerMonth].map(
    number => number.toNumber().toLocaleString('en-US'),
  )
  return `- \`${name}\`: ${users} people, ${requests} requests, ${runs} large runs and ${gigabytes} GB in the database`
}

const serviceCents = ({ services }: Estimate, service: string): string => {
  const found = services.find(({ name }) => name === service)
  return found ? inCents(found.dollars) : '0.00'
}

const smallest = 1

/** The table of costs of README.md, with its markers. */
export const costTable = (): string => {
  const columns = environmentNames.flatMap(name =>
    [true, false].map(idle => ({
      heading: idle ? `${name}, idle` : name,
      bill: estimate(resourcesOf(name), loadOf(name, { idle }), prices),
    })),
  )
  const dearest = columns.at(-1)!.bill
  const services = dearest.services.filter(({ dollars }) => dollars.greaterThanOrEqualTo(smallest)).map(({ name }) => name)
  const rest = columns.map(({ bill }) =>
    bill.services.filter(({ name }) => !services.includes(name)).reduce((sum, { dollars }) => sum.plus(dollars), bill.dollars.times(0)),
  )
  return [
    begin,
    '',
    row(['dollars a month', ...columns.map(({ heading }) => heading)]),
    `|---|${columns.map(() => '---:|').join('')}`,
    ...services.map(service => row([service, ...columns.map(({ bill }) => serviceCents(bill, service))])),
    row(['other services', ...rest.map(inCents)]),
    row(['**Total**', ...columns.map(({ bill }) => `**${inCents(bill.dollars)}**`)]),
    '',
    `An estimate with prices of ${pricedRegion}, looked up on ${pricesOf}, before free tiers. Idle is a month without users. The others assume:`,
    '',
    ...environmentNames.map(name => sentence(name, loadOf(name, { idle: false }))),
    '',
    'prod has every optional setting here: a front with a domain and a firewall, and copies of its backups in another Region and in another account.',
    '',
    end,
  ].join('\n')
}

/** A text with the part between the markers replaced. Throws if it does not have both. */
export const withCostTable = (text: string, table: string): string => {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`README.md must contain "${begin}" and then "${end}".`)
  return `${text.slice(0, from)}${table}${text.slice(to + end.length)}`
}
