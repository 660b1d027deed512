import { Button, ButtonLink } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { Badge, Section } from '../../components/page.tsx'
import { changed } from '../undo.ts'
import styles from './today.module.css'
import type { Step, Welcome } from './use-welcome.ts'
import { welcome as m } from '#messages/today'

const StepCard = ({
  number,
  resume,
  skip,
  step: { href, name, state },
}: Pick<Welcome, 'resume' | 'skip'> & { readonly step: Step; readonly number: number }) => {
  const { action, text, title } = m.steps[name]
  const skipIt = () => {
    skip(name)
    changed(m.undone(title), async () => resume(name))
  }
  return (
    <li className={`${styles['step']} ${styles[state]}`}>
      <span className={styles['mark']} aria-hidden="true">
        {state === 'done' ? <Icon name="check" /> : number}
      </span>
      <div className={styles['words']}>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      <div className={styles['actions']}>
        {state === 'done' && <Badge kind="good">{m.done}</Badge>}
        {state === 'skipped' && <Badge>{m.skipped}</Badge>}
        {state === 'open' && (
          <>
            <ButtonLink kind="primary" href={href}>
              {action}
            </ButtonLink>
            <Button kind="quiet" aria-label={m.skipNamed(title)} onClick={skipIt}>
              {m.skip}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}

/** The first steps of a person. The caller leaves it out when none of them is open. */
export const WelcomeSteps = ({
  hasPlans,
  steps,
  ...rest
}: Pick<Welcome, 'resume' | 'skip'> & { readonly hasPlans: boolean; readonly steps: readonly Step[] }) => (
  <Section title={hasPlans ? m.firstSteps : m.title} lead={m.lead}>
    <ol className={styles['list']}>
      {steps.map((step, index) => (
        <StepCard key={step.name} step={step} number={index + 1} {...rest} />
      ))}
    </ol>
  </Section>
)
