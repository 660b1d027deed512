import type { ReactNode } from 'react'
import { ButtonLink } from '../../components/button.tsx'
import { type AnyIcon, Icon } from '../../components/icon.tsx'
import { EmptyState, Section } from '../../components/page.tsx'
import styles from './today.module.css'
import { today as m } from '#messages/today'

/** Something that waits for the person, and the page where it is done. */
export interface Need {
  readonly key: string
  readonly tone: 'bad' | 'warn' | 'info'
  readonly text: string
  readonly note: ReactNode
  readonly href: string
  readonly action: string
}

const icons = { bad: 'alert', warn: 'clock', info: 'trust' } as const satisfies Record<Need['tone'], AnyIcon>

export const NeedList = ({ needs }: { readonly needs: readonly Need[] }) => (
  <Section title={m.needs}>
    {needs.length === 0 ? (
      <EmptyState title={m.nothing}>{m.nothingLead}</EmptyState>
    ) : (
      <ul className={styles['list']}>
        {needs.map(({ action, href, key, note, text, tone }) => (
          <li key={key} className={styles['step']}>
            <span className={`${styles['mark']} ${styles[tone]}`}>
              <Icon name={icons[tone]} />
            </span>
            <div className={styles['words']}>
              <strong>{text}</strong>
              <p>{note}</p>
            </div>
            <div className={styles['actions']}>
              <ButtonLink href={href}>{action}</ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    )}
  </Section>
)
