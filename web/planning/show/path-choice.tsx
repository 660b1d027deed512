import { Link, useLocation } from 'wouter'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Loading, Notice } from '../../components/page.tsx'
import { parseNumber, parsePercent } from '../../components/parse-figure.ts'
import { explain } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Run } from './results.ts'
import { useRankedPaths } from './use-runs.ts'
import styles from './path.module.css'
import { path as m } from '#messages/plan-paths'

interface Choosing {
  readonly run: Run
  readonly pathIndex: number
  /** The calendar year of plan year 0. */
  readonly firstYear: number
  readonly addressOf: (index: number) => string
}

interface Choice {
  readonly percentile: number
  readonly path: number
  /** How the path ends. */
  readonly end?: string
}

const Choices = ({
  addressOf,
  choices,
  lead,
  pathIndex,
}: Pick<Choosing, 'addressOf' | 'pathIndex'> & { readonly choices: readonly Choice[]; readonly lead: string }) => {
  const look = useLook()
  const nameOf = (percentile: number) => m.named[percentile] ?? formatPercent(percentile, look, 0)
  return (
    <nav aria-label={m.choose}>
      <p>{lead}</p>
      <ul className={styles['samples']}>
        {choices.map(({ end, path, percentile }) => (
          <li key={percentile}>
            <Link href={addressOf(path)} className={styles['sample']} aria-current={path === pathIndex ? 'page' : undefined}>
              <span>{nameOf(percentile)}</span>
              {end !== undefined && <small>{end}</small>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const ByPercentile = ({ addressOf, run }: Pick<Choosing, 'addressOf' | 'run'>) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const fractionOf = (text: string) => Number(parsePercent(text, look.locale) ?? Number.NaN)
  const form = useForm({
    initial: { percentile: '' },
    check: ({ percentile }) => (fractionOf(percentile) >= 0 && fractionOf(percentile) <= 1 ? {} : { percentile: m.wrongPercentile }),
    // Every fault of this request is one of its only field.
    fieldOf: () => 'percentile',
    submit: async ({ percentile }) => {
      const query = { percentiles: fractionOf(percentile).toFixed(6) }
      const { paths } = await api('GET /v1/planning/runs/{runId}/ranked-paths', { params: { runId: run.id }, query })
      navigate(addressOf(paths[0]!.pathIndex))
    },
  })
  return (
    <Form form={form} submit={m.find}>
      <TextField {...form.text('percentile')} label={m.percentile} help={m.percentileHelp} inputMode="decimal" />
    </Form>
  )
}

const ByNumber = ({ addressOf, pathIndex, run }: Omit<Choosing, 'firstYear'>) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const last = run.pathCount - 1
  const form = useForm({
    initial: { number: String(pathIndex) },
    check: ({ number }) => {
      const index = Number(parseNumber(number, look.locale) ?? Number.NaN)
      return Number.isInteger(index) && index >= 0 && index <= last ? {} : { number: m.wrongNumber(formatNumber(last, look)) }
    },
    submit: async ({ number }) => navigate(addressOf(Number(parseNumber(number, look.locale)))),
  })
  return (
    <Form form={form} submit={m.go}>
      <TextField {...form.text('number')} label={m.number} help={m.numberHelp(formatNumber(last, look))} inputMode="numeric" />
    </Form>
  )
}

/** Chooses a future: by its exact rank among all, or by its number. A run that cannot be ranked offers the futures that its result keeps. */
export const PathChoice = ({ addressOf, firstYear, pathIndex, run }: Choosing) => {
  const look = useLook()
  const { data, error } = useRankedPaths(run)
  const isRanked = run.isCurrentEngine && !error
  const percentiles = run.result?.bands.percentiles ?? []
  const samples = (run.result?.samplePaths ?? []).map(({ path }, index) => ({ path, percentile: percentiles[index] ?? 0 }))
  const ranked = data?.paths.map(({ endingWealthReal, failureYear, pathIndex: path, percentile }) => {
    const wealth = formatMoney(endingWealthReal, look, { precision: 'short' })
    return { path, percentile: percentile ?? 0, end: failureYear === null ? wealth : m.failing(String(firstYear + failureYear), wealth) }
  })
  return (
    <div className={`${styles['chooser']} no-print`}>
      {isRanked ? (
        ranked ? (
          <Choices addressOf={addressOf} choices={ranked} lead={m.chooseLead} pathIndex={pathIndex} />
        ) : (
          <Loading />
        )
      ) : (
        <>
          <Notice>{error ? explain(error) : m.otherEngine}</Notice>
          {samples.length > 0 && <Choices addressOf={addressOf} choices={samples} lead={m.samplesLead} pathIndex={pathIndex} />}
        </>
      )}
      <div className={styles['choice']}>
        {isRanked && <ByPercentile addressOf={addressOf} run={run} />}
        <ByNumber key={pathIndex} addressOf={addressOf} pathIndex={pathIndex} run={run} />
      </div>
    </div>
  )
}
