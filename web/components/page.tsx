import { type ReactNode, useEffect, useRef } from 'react'
import styles from './page.module.css'
import { app } from '#messages/shell'

/** The frame of a page: its title, which gets the focus when the page is opened, one sentence, and its main actions. */
export const Page = ({
  actions,
  children,
  lead,
  title,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${app.name}`
  }, [title])
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={`${styles['actions']} no-print`}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A part of a page with a heading. */
export const Section = ({
  actions,
  children,
  lead,
  title,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => (
  <section className={styles['section']}>
    <header className={styles['header']}>
      <div>
        <h2>{title}</h2>
        {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      </div>
      {actions !== undefined && <div className={`${styles['actions']} no-print`}>{actions}</div>}
    </header>
    {children}
  </section>
)

/** A frame around things that belong together. */
export const Card = ({ children }: { readonly children: ReactNode }) => <div className={styles['card']}>{children}</div>

/** Cards beside each other where there is room. */
export const Grid = ({ children }: { readonly children: ReactNode }) => <div className={styles['grid']}>{children}</div>

/** Says that there is nothing yet, and what the next step is. */
export const EmptyState = ({
  action,
  children,
  title,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) => (
  <div className={styles['empty']}>
    <h2>{title}</h2>
    {children !== undefined && <p>{children}</p>}
    {action}
  </div>
)

/** The place of something that is being loaded. */
export const Loading = () => (
  <p role="status" className={styles['loading']}>
    {app.loading}
  </p>
)

/** A figure with its name, and a sentence on what it means. */
export const Stat = ({ children, label, note }: { readonly label: string; readonly children: ReactNode; readonly note?: ReactNode }) => (
  <div className={styles['stat']}>
    <span className={styles['label']}>{label}</span>
    <strong className={styles['figure']}>{children}</strong>
    {note !== undefined && <span className={styles['note']}>{note}</span>}
  </div>
)

/** A word on a coloured ground. The colour never says anything alone. */
export const Badge = ({
  children,
  kind = 'plain',
}: {
  readonly children: ReactNode
  readonly kind?: 'plain' | 'good' | 'warn' | 'bad' | 'info'
}) => <span className={`${styles['badge']} ${styles[kind]}`}>{children}</span>

/** A notice in the page. */
export const Notice = ({ children, kind = 'info' }: { readonly children: ReactNode; readonly kind?: 'info' | 'warn' | 'bad' | 'good' }) => (
  <div role="status" className={`${styles['notice']} ${styles[kind]}`}>
    {children}
  </div>
)
