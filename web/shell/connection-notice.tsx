import { Notice } from '../components/page.tsx'
import { connection } from './connection.ts'
import styles from './frame.module.css'
import { useStore } from './store.ts'
import * as m from '#messages/shell'

/** Says on every page that the server gives no answer yet, and that nothing is lost. */
export const ConnectionNotice = () => {
  const state = useStore(connection)
  return state === 'good' ? null : (
    <div className={styles['notice']}>
      <Notice kind="warn">{m.connection[state]}</Notice>
    </div>
  )
}
