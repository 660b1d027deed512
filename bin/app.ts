import { App, Tags, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { jobs } from '../lambdas/jobs.ts'
import { routes } from '../lambdas/routes.ts'
import { tasks } from '../lambdas/tasks.ts'
import type { Job } from '../lambdas/runtime/job.ts'
import { type Domain, domains, type Route } from '../lambdas/runtime/route.ts'
import type { Task } from '../lambdas/runtime/task.ts'
import { ApiStack } from '../lib/api.ts'
import { AuditStack } from '../lib/audit.ts'
import { BackupStoreStack } from '../lib/backup-store.ts'
import { BackupsStack } from '../lib/backups.ts'
import { bundle, projectFolders } from '../lib/bundling.ts'
import { CanaryStack } from '../lib/canary.ts'
import { DashboardStack } from '../lib/dashboard.ts'
import { DatabaseStack } from '../lib/database.ts'
import { type EnvironmentSettings, environmentSettings, forFirstDeployment } from '../lib/environments.ts'
import { FrontStack } from '../lib/front.ts'
import { frontStackOf } from '../lib/front-settings.ts'
import { IdentityStack } from '../lib/identity.ts'
import { LedgerStack } from '../lib/ledger.ts'
import { MarketStack } from '../lib/market.ts'
import { NetworkStack } from '../lib/network.ts'
import { OperationsStack } from '../lib/operations.ts'
import { RoutesStack, stacksOf } from '../lib/routes.ts'
import { SimulationStack } from '../lib/simulation.ts'
import { StageStack } from '../lib/stage.ts'
import { WealthStack } from '../lib/wealth.ts'
import { buildWeb } from '../web/build.ts'

export interface Nestegg {
  readonly settings: EnvironmentSettings
  readonly routes: readonly Route[]
  readonly jobs: readonly Job[]
  /** The folder of the built bundles, with one folder per domain. */
  readonly buildFolder: string
  /** `db/`. The deployment runs its migrations, and runs them again when any of its files changes. */
  readonly databaseFolder: string
  /** The folder of the built web application. The deployment publishes it when any of its files changes. */
  readonly webFolder: string
}

const dataApiDomainsOf = (units: readonly (Route | Job | Task)[]): Domain[] =>
  domains.filter(domain => units.some(unit => unit.domain === domain && unit.backends.some(backend => backend.endsWith('-functions'))))

/** Adds all stacks of Nestegg for one environment in one AWS account. */
export const addNestegg = (app: App, { settings, routes, jobs, buildFolder, databaseFolder, webFolder }: Nestegg): void => {
  const stack = (name: string): string => `nestegg-${settings.name}-${name}`

  const network = new NetworkStack(app, stack('network'), { settings })
  const database = new DatabaseStack(app, stack('database'), { settings, network, migrations: { buildFolder, databaseFolder } })
  const identity = new IdentityStack(app, stack('identity'), { settings })
  const api = new ApiStack(app, stack('api'), { settings, identity })
  const { anchors } = new AuditStack(app, stack('audit'), { settings, database })
  const { bucket } = new BackupStoreStack(app, stack('backup-store'), { settings, database })
  const { secrets, work } = new WealthStack(app, stack('wealth'), { settings, database })
  const backends = { settings, database, identity, audit: anchors, backups: bucket, wealth: secrets, ledgerWork: work, buildFolder }
  const operations = new OperationsStack(app, stack('operations'), {
    jobs,
    backends,
    api,
    dataApiDomains: dataApiDomainsOf([...routes, ...jobs, ...tasks]),
  })
  const { vaultKeptDays } = settings.database
  if (vaultKeptDays !== undefined) new BackupsStack(app, stack('backups'), { backends, keptDays: vaultKeptDays, operations })
  const { fanOut } = new SimulationStack(app, stack('simulation'), { backends, operations })
  new MarketStack(app, stack('market'), { backends, operations })
  new LedgerStack(app, stack('ledger'), { backends, operations, work })
  const routeBackends = { ...backends, simulation: fanOut }
  const routesStacks = domains.flatMap(domain => {
    const own = routes.filter(route => route.domain === domain)
    return stacksOf(own).map(
      ({ name, routes: some }) =>
        new RoutesStack(app, stack(`routes-${name}`), { domain, routes: some, backends: routeBackends, api, operations }),
    )
  })
  const stage = new StageStack(app, stack('stage'), { settings, api, routes, routesStacks })
  const front = new FrontStack(app, stack(frontStackOf(settings)), { settings, routes, api, stage, sources: { buildFolder, webFolder } })
  if (settings.canary) new CanaryStack(app, stack('canary'), { settings, front, operations, buildFolder })
  // After all alarms, which it shows.
  if (settings.dashboard) {
    const { cluster } = database
    new DashboardStack(app, stack('dashboard'), { settings, cluster, httpApi: api.httpApi, operations, largeRuns: fanOut })
  }

  const { owner, costCenter } = settings
  const tags = { 'nestegg:environment': settings.name, 'nestegg:owner': owner, 'nestegg:cost-center': costCenter }
  for (const [key, value] of Object.entries(tags)) Tags.of(app).add(key, value)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
}

if (import.meta.main) {
  const app = new App()
  const chosen = environmentSettings(app.node.tryGetContext('environment'))
  const settings = app.node.tryGetContext('firstDeployment') === 'true' ? forFirstDeployment(chosen) : chosen
  await bundle({ ...projectFolders, handlers: [...routes, ...jobs, ...tasks] })
  await buildWeb(projectFolders.webFolder)
  addNestegg(app, { settings, routes, jobs, ...projectFolders })
  app.synth()
}
