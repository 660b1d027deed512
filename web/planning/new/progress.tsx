import styles from './new.module.css'
import { planNew as m } from '#messages/plan-new'

/** The questions as steps. Each can be opened at any time. */
export const Progress = ({ onShow, step }: { readonly step: number; readonly onShow: (step: number) => void }) => (
  <nav aria-label={m.progress} className={styles['progress']}>
    <ol>
      {m.steps.map((name, index) => (
        <li key={name}>
          <button
            type="button"
            className={index < step ? styles['done'] : undefined}
            aria-current={index === step ? 'step' : undefined}
            aria-label={`${name}: ${index < m.steps.length - 1 ? m.stepOf(index + 1, m.steps.length - 1) : m.lastStep}`}
            onClick={() => onShow(index)}
          >
            <span>{name}</span>
          </button>
        </li>
      ))}
    </ol>
  </nav>
)
