import { Count, CalendarDate, Moment } from '../../components/figures.tsx'
import { Seal, type SealState, type Verification } from '../../components/seal.tsx'
import { api, refreshQueries, useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { followRun } from '../../shell/tray.tsx'
import type { Run } from './results.ts'
import { runSeal as m } from '#messages/plan-run'
import { seal } from '#messages/shell'

/** The seal of a run from what is stored about its verifications. */
export const sealStateOf = ({
  isCurrentEngine,
  lastVerificationMatched,
  lastVerifiedAt,
}: Pick<Run, 'isCurrentEngine' | 'lastVerificationMatched' | 'lastVerifiedAt'>): SealState => {
  if (lastVerifiedAt !== null && lastVerificationMatched === true) return { kind: 'verified', at: lastVerifiedAt }
  if (!isCurrentEngine) return { kind: 'engineChanged' }
  return { kind: lastVerifiedAt === null ? 'unverified' : 'mismatch' }
}

const verify = async (run: Run, planName: string): Promise<Verification> => {
  const { body, status } = await api.reply('POST /v1/planning/runs/{runId}/verify', { params: { runId: run.id } })
  await refreshQueries('GET /v1/planning/runs/{runId}')
  // A long run is redirected to the queue, which answers with the run that verifies.
  if (status === 202) {
    if ('id' in body && typeof body.id === 'string') followRun({ runId: body.id, planId: run.planId, planName })
    return { kind: 'info', words: m.queued }
  }
  if (body.matched) return { kind: 'good', words: m.verified }
  if (body.storedEngineVersion !== body.currentEngineVersion)
    return { kind: 'info', words: `${seal.engineChanged}: ${body.storedEngineVersion}, ${body.currentEngineVersion}.` }
  return { kind: 'bad', words: `${seal.mismatch}: ${body.differences.map(part => m.parts[part]).join(', ')}.` }
}

/** The seal of a run. It opens what the run has read, and verifies it. */
export const RunSeal = ({ run }: { readonly run: Run }) => {
  const { cmaId, portfolioModelId } = run.provenance
  const { data: plan } = useApi('GET /v1/planning/plans/{planId}', { params: { planId: run.planId } })
  const { data: set } = useApi(
    'GET /v1/planning/assumption-sets/{assumptionSetId}',
    { params: { assumptionSetId: cmaId ?? '' } },
    { enabled: cmaId !== undefined },
  )
  const { data: model } = useApi(
    'GET /v1/planning/portfolio-models/{portfolioModelId}',
    { params: { portfolioModelId: portfolioModelId ?? '' } },
    { enabled: portfolioModelId !== undefined },
  )
  const role = useHouseholds().households.find(({ id }) => id === plan?.householdId)?.role
  const canVerify = role !== undefined && role !== 'viewer'
  return (
    <Seal
      name={seal.open}
      state={sealStateOf(run)}
      {...(canVerify ? { verify: () => verify(run, plan?.name ?? '') } : {})}
      {...(run.result ? { definitions: run.result.definitions } : {})}
      facts={[
        { label: m.simulated, value: <Moment instant={run.finishedAt ?? run.createdAt} /> },
        { label: m.paths, value: <Count value={run.pathCount} /> },
        { label: m.version, value: run.planVersion },
        ...(run.provenance.asOfDate ? [{ label: m.asOf, value: <CalendarDate date={run.provenance.asOfDate} /> }] : []),
        ...(cmaId ? [{ label: m.assumptions, value: set ? `${set.name} (${run.provenance.cmaVersion ?? set.version})` : m.unnamed }] : []),
        ...(portfolioModelId ? [{ label: m.model, value: model?.name ?? m.unnamed }] : []),
        { label: m.seed, value: run.randomSeed, isCode: true },
        { label: m.engine, value: run.engineVersion, isCode: true },
        { label: m.inputHash, value: run.inputHash, isCode: true },
        ...(run.outputHash ? [{ label: m.outputHash, value: run.outputHash, isCode: true } as const] : []),
      ]}
    />
  )
}
