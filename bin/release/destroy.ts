import type { EnvironmentSettings } from '../../lib/environments.ts'
import { emptyBucket } from './buckets.ts'
import { destroyArguments } from './cdk.ts'
import { exitCodes, type Refusals, type Tools } from './context.ts'
import { findingsRefusal, refuse } from './deploy.ts'
import { placeRefusals } from './guards/place.ts'
import { stackStateRefusals } from './guards/stack-states.ts'
import { type Inventory, takeInventory } from './inventory.ts'
import { deleteLogGroup, deleteSnapshot, migrationSnapshots } from './leftovers.ts'
import { type DeployedStack, deployedStacks, regionsOf } from './stacks.ts'

export interface DestroyOptions {
  /** The name of the environment again, for those that are protected. */
  readonly yesDestroy?: string
  readonly keepSnapshots?: true
  readonly deleteSnapshots?: true
}

const intentRefusals = (
  { name, deletionProtection }: EnvironmentSettings,
  deployed: readonly DeployedStack[],
  { yesDestroy }: DestroyOptions,
): Refusals => {
  const named = yesDestroy === undefined ? !deletionProtection : yesDestroy === name
  const isProtected = deployed.filter(stack => stack.isProtected).map(stack => stack.name)
  return [
    ...(named ? [] : [`This deletes ${name} for good. If that is what you want, add exactly: --yes-destroy ${name}`]),
    ...(isProtected.length === 0
      ? []
      : [
          `These stacks are protected from deletion: ${isProtected.join(', ')}. Turn the protection of the stacks, the database and the user pool off first: npm run deploy -- ${name} --unprotected`,
        ]),
  ]
}

const emptyBuckets = async ({ terminal }: Tools, region: string, { buckets }: Inventory): Promise<void> => {
  for (const bucket of buckets) {
    const deleted = await terminal.progress(`Emptying ${bucket}`, () => emptyBucket(region, bucket))
    terminal.out(`Emptied the bucket ${bucket}: ${deleted} versions\n`)
  }
}

const snapshotsMayGo = async (
  tools: Tools,
  names: readonly string[],
  { keepSnapshots, deleteSnapshots }: DestroyOptions,
): Promise<boolean> =>
  keepSnapshots
    ? false
    : (deleteSnapshots ?? (await tools.ask(`Delete ${names.length} snapshots of migrations (${names.join(', ')})?`)) ?? false)

const removeLeftovers = async (tools: Tools, region: string, inventory: Inventory, options: DestroyOptions): Promise<void> => {
  const { terminal } = tools
  for (const name of inventory.unownedLogGroups) if (await deleteLogGroup(region, name)) terminal.out(`Deleted the log group ${name}\n`)
  const snapshots = (await Promise.all(inventory.clusters.map(cluster => migrationSnapshots(region, cluster)))).flat()
  if (snapshots.length === 0) return
  if (await snapshotsMayGo(tools, snapshots, options)) {
    for (const name of snapshots) await deleteSnapshot(region, name)
    terminal.out(`Deleted the snapshots ${snapshots.join(', ')}\n`)
  } else {
    terminal.out(
      `Kept the snapshots ${snapshots.join(', ')}. Delete them with: aws rds delete-db-cluster-snapshot --region ${region} --db-cluster-snapshot-identifier <name>. They are readable as long as the key of the database exists: if the key is scheduled for deletion, cancel that first (aws kms cancel-key-deletion).\n`,
    )
  }
}

/**
 * Deletes all stacks of an environment, and what they would leave behind. Resources with a deletion policy that keeps them stay.
 * @returns 0, the exit code of the CDK if it failed, or that of a refusal.
 */
export const destroy = async (tools: Tools, settings: EnvironmentSettings, options: DestroyOptions): Promise<number> => {
  const { terminal } = tools
  const { name } = settings
  const misplaced = await placeRefusals(settings)
  if (misplaced.length > 0) return refuse(tools, misplaced, 'destroyed')
  const deployed = await deployedStacks(settings)
  if (deployed.length === 0) {
    terminal.out(`There is no stack of ${name} in the account ${settings.account} and ${regionsOf(settings).join(' or ')}.\n`)
    return exitCodes.done
  }
  // A deletion that failed is tried again.
  const blocked = deployed.filter(({ status }) => status.endsWith('_IN_PROGRESS'))
  const refusals = [...intentRefusals(settings, deployed, options), ...stackStateRefusals(blocked)]
  if (refusals.length > 0) return refuse(tools, refusals, 'destroyed')

  const { findings, folder, templates } = await terminal.progress(`Synthesizing ${name}`, () => tools.synthesize(settings))
  if (findings > 0) return refuse(tools, [findingsRefusal(settings, findings)], 'destroyed')
  const inventories = await Promise.all(
    regionsOf(settings).map(async region => [region, await takeInventory(deployed.filter(stack => stack.region === region))] as const),
  )
  for (const [region, inventory] of inventories) await emptyBuckets(tools, region, inventory)
  const code = await tools.cdk(destroyArguments(folder))
  if (code !== exitCodes.done) return code
  for (const [region, inventory] of inventories) await removeLeftovers(tools, region, inventory, options)
  const kept = inventories.flatMap(([, inventory]) => inventory.kept)
  if (kept.length > 0) terminal.out(['These resources are kept by their deletion policy:', ...kept, ''].join('\n'))
  const unknown = deployed.filter(stack => !templates.has(stack.name))
  for (const stack of unknown)
    terminal.out(
      `The code no longer has the stack ${stack.name}. Delete it with: aws cloudformation delete-stack --region ${stack.region} --stack-name ${stack.name}\n`,
    )
  return exitCodes.done
}
