import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Moment } from './figures.tsx'
import { type AnyIcon, Icon } from './icon.tsx'
import { Notice } from './page.tsx'
import { Failure } from './problem.tsx'
import styles from './seal.module.css'
import { seal as m } from '#messages/shell'

/** Whether stored figures are what their input gives when they are computed again. */
export type SealState =
  | { readonly kind: 'unverified' }
  | { readonly kind: 'verified'; readonly at: string }
  | { readonly kind: 'engineChanged' }
  | { readonly kind: 'mismatch' }

/** What a verification has found: a sentence for the person. */
export interface Verification {
  readonly kind: 'good' | 'bad' | 'info'
  readonly words: string
}

export interface SealProps {
  /** What was computed, for the title of the dialog. */
  readonly name: string
  readonly state: SealState
  /** Hashes, seed, dates, versions. */
  readonly facts: readonly { readonly label: string; readonly value: ReactNode; readonly isCode?: true }[]
  /** The meaning of the figures, as it is stored with them. */
  readonly definitions?: Readonly<Record<string, string>>
  /** Computes again. Left out: the person may not. */
  readonly verify?: () => Promise<Verification>
}

const looks = {
  unverified: { icon: 'trust', tone: 'plain' },
  verified: { icon: 'check', tone: 'good' },
  engineChanged: { icon: 'clock', tone: 'warn' },
  mismatch: { icon: 'alert', tone: 'bad' },
} as const satisfies Record<SealState['kind'], { readonly icon: AnyIcon; readonly tone: string }>

const StateWords = ({ state }: { readonly state: SealState }) =>
  state.kind === 'verified' ? (
    <>
      {m.verifiedOn} <Moment instant={state.at} />
    </>
  ) : (
    m[state.kind]
  )

/** camelCase names of definitions as words. */
const spaced = (name: string): string => name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()

const Details = ({ definitions, facts, name, onClose, state, verify }: SealProps & { readonly onClose: () => void }) => {
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<Verification>()
  const [failure, setFailure] = useState<unknown>()
  const start = async () => {
    if (!verify) return
    setBusy(true)
    setFailure(undefined)
    try {
      setFound(await verify())
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={name} onClose={onClose}>
      <p>
        <strong>
          <StateWords state={state} />
        </strong>
        . {m.explain}
      </p>
      {verify && (
        <p>
          <Button kind="primary" icon="trust" busy={busy} onClick={() => void start()}>
            {busy ? m.verifying : m.verify}
          </Button>
        </p>
      )}
      {found && <Notice kind={found.kind}>{found.words}</Notice>}
      {failure !== undefined && <Failure error={failure} retry={start} />}
      <dl className={styles['facts']}>
        {facts.map(({ isCode, label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{isCode ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
      {definitions && (
        <details className={styles['definitions']}>
          <summary>{m.definitions}</summary>
          <dl className={styles['facts']}>
            {Object.entries(definitions).map(([term, meaning]) => (
              <div key={term}>
                <dt>{spaced(term)}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Dialog>
  )
}

/** The seal of a run, a backtest or a report: whether it was verified, and how it was computed. */
export const Seal = (props: SealProps) => {
  const [open, setOpen] = useState(false)
  const { icon, tone } = looks[props.state.kind]
  return (
    <>
      <button type="button" className={`${styles['seal']} ${styles[tone]}`} title={m.open} onClick={() => setOpen(true)}>
        <Icon name={icon} />
        <span>
          <StateWords state={props.state} />
          <span className="visually-hidden">. {m.open}</span>
        </span>
      </button>
      {open && <Details {...props} onClose={() => setOpen(false)} />}
    </>
  )
}
