import type { ReactNode } from 'react'
import { Page } from '../components/page.tsx'
import { Toasts } from '../shell/toast-list.tsx'
import styles from './open-frame.module.css'
import { app } from '#messages/shell'

/** The frame of the pages that need no session: a narrow card under the name of the application. */
export const OpenFrame = ({ children, lead, title }: { readonly title: string; readonly lead?: string; readonly children: ReactNode }) => (
  <div className={styles['frame']}>
    <p className={styles['brand']}>
      <img src="/icon.svg" alt="" width="32" height="32" />
      {app.name}
    </p>
    <div className={styles['card']}>
      <Page title={title} lead={lead}>
        {children}
      </Page>
    </div>
    <Toasts />
  </div>
)

/** The links under a form. */
export const Links = ({ children }: { readonly children: ReactNode }) => <p className={styles['links']}>{children}</p>
