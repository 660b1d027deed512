import { Link, useLocation } from 'wouter'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatNumber, formatPercent } from '../../components/format.ts'
import { parseNumber } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Run } from './results.ts'
import styles from './path.module.css'
import { path as m } from '#messages/plan-paths'

/** Chooses a future: by where it ends among all, or by its number. */
export const PathChoice = ({
  addressOf,
  pathIndex,
  run,
}: {
  readonly run: Run
  readonly pathIndex: number
  readonly addressOf: (index: number) => string
}) => {
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
  const samples = run.result?.samplePaths ?? []
  const percentiles = run.result?.bands.percentiles ?? []
  return (
    <div className={`${styles['choice']} no-print`}>
      {samples.length > 0 && (
        <nav aria-label={m.choose}>
          <p>{m.chooseLead}</p>
          <ul className={styles['samples']}>
            {samples.map(({ path }, index) => (
              <li key={percentiles[index]}>
                <Link
                  href={addressOf(path)}
                  className={styles['sample']}
                  title={m.at(formatPercent(percentiles[index] ?? 0, look, 0))}
                  aria-current={path === pathIndex ? 'page' : undefined}
                >
                  {index === 0 && `${m.poor} `}
                  {percentiles[index] === 0.5 && `${m.middle} `}
                  {index === samples.length - 1 && `${m.rich} `}
                  {formatPercent(percentiles[index] ?? 0, look, 0)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Form form={form} submit={m.go}>
        <TextField {...form.text('number')} label={m.number} help={m.numberHelp(formatNumber(last, look))} inputMode="numeric" />
      </Form>
    </div>
  )
}
