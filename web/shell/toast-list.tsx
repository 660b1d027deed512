import { Button, IconButton } from '../components/button.tsx'
import { explain, RequestId } from '../components/problem.tsx'
import { useStore } from './store.ts'
import styles from './toast-list.module.css'
import { closeToast, type Toast, toasts } from './toasts.ts'
import { problem } from '#messages/shell'

const ToastCard = ({ toast: { action, error, id, kind, retry, text } }: { readonly toast: Toast }) => (
  <li className={`${styles['toast']} ${styles[kind]}`}>
    <div>
      <p>{text}</p>
      {error !== undefined && <p>{explain(error)}</p>}
      <RequestId error={error} />
    </div>
    {retry && (
      <Button
        onClick={() => {
          closeToast(id)
          retry()
        }}
      >
        {problem.retry}
      </Button>
    )}
    {action && (
      <Button
        onClick={() => {
          closeToast(id)
          action.run()
        }}
      >
        {action.label}
      </Button>
    )}
    <IconButton icon="close" label={problem.close} onClick={() => closeToast(id)} />
  </li>
)

/** The messages at the edge of the page. Screen readers read each as it comes. */
export const Toasts = () => (
  <div role="status" className={`${styles['list']} no-print`}>
    <ul>
      {useStore(toasts).map(toast => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </ul>
  </div>
)
