import { type Command, InvalidArgumentError, Option } from 'commander'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { exitCodes, type Tools } from '../release/context.ts'
import { findingsRefusal } from '../release/deploy.ts'
import { newCommand, runCommand } from '../release/program.ts'
import { estimate } from './estimate.ts'
import { type LoadChanges, loadFields, type LoadName, loadNames, loadOf } from './load.ts'
import { prices } from './prices.ts'
import { asJson, asText } from './report.ts'
import { readResources } from './resources.ts'

/** Reads a number of the load. The message completes the one of commander, which names the flag. */
const numberOf =
  (name: LoadName) =>
  (text: string): string => {
    const { atMost, kind } = loadFields[name]
    const form = kind === 'whole' ? /^\d{1,13}$/ : /^\d{1,10}(\.\d{1,6})?$/
    if (form.test(text) && Number(text) <= atMost) return text
    const wanted = kind === 'whole' ? 'a whole number' : 'a number with at most six decimals'
    throw new InvalidArgumentError(`It must be ${wanted} from 0 to ${atMost.toLocaleString('en-US')}.`)
  }

const flagOf = (name: LoadName) => `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`

const withLoadOptions = (command: Command): Command =>
  loadNames.reduce(
    (before, name) => before.addOption(new Option(`${flagOf(name)} <number>`, loadFields[name].meaning).argParser(numberOf(name))),
    command,
  )

type CostOptions = LoadChanges & { readonly idle?: boolean; readonly json?: boolean }

const cost = async (
  tools: Tools,
  environment: EnvironmentName,
  { idle = false, json = false, ...changes }: CostOptions,
): Promise<number> => {
  const { terminal } = tools
  const settings = tools.readSettings(environment)
  const { findings, templates } = await terminal.progress(`Synthesizing ${environment}`, () => tools.synthesize(settings))
  if (findings > 0) {
    terminal.error(`${findingsRefusal(settings, findings)}\n`)
    return exitCodes.failed
  }
  const load = loadOf(environment, { idle, changes })
  const bill = { environment, region: settings.region, load, estimate: estimate(readResources(templates, settings.region), load, prices) }
  terminal.out((json ? asJson : asText)(bill))
  return exitCodes.done
}

/** `npm run cost -- <environment>`. Returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 `deployment.json` is not valid. */
export const runCost = (argv: readonly string[], tools: Tools): Promise<number> => {
  const command = withLoadOptions(
    newCommand('cost', 'Estimates the bill of AWS for one month, from the templates and a load.', tools.terminal),
  )
    .option('--idle', 'a month without users: the data, the files and the jobs stay')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nA number that is not given is the one that bin/cost/load.ts states for the environment.\n\nExample:\n  npm run cost -- prod --users 5000',
    )
  const work = (environment: EnvironmentName) => cost(tools, environment, command.opts<CostOptions>())
  return runCommand(tools, command, argv, { work, onError: exitCodes.failed })
}
