import { useMemo } from "react";
import { Course } from "../../chart/Course";
import { compute } from "../../compute/client";
import { useComputed } from "../../compute/use";
import type { Profile } from "../../generated/wire";
import { useCourse } from "../../live/history";
import { useKiln } from "../../live/kiln";
import { useWords } from "../../words/use";
import { waits } from "./waits";
import { kilnWords } from "./words";

/** A wait that is worth a mark: a hundredth of what is drawn, and a minute. */
const LEAST_S = 60;

/** What was, and what is planned from here; the plan moves with every wait. */
export function KilnCourse({ profile }: { profile: Profile | null }) {
  const words = useWords(kilnWords);
  const course = useCourse();
  const run = useKiln(({ status }) => (status?.state === "running" ? status.run : null));
  const first = course.points.find((point) => point[1] !== null)?.[1] ?? null;
  const running = run !== null && run.id === course.run;
  const steps = running ? (profile?.steps ?? null) : null;
  const ask = steps && first !== null ? () => compute("plan", steps, first) : null;
  const { answer } = useComputed(ask, [steps, first]);
  const last = course.points.at(-1)?.[0] ?? 0;
  const waiting = useMemo(() => waits(course.points, Math.max(LEAST_S, last / 100)), [course.points, last]);
  if (course.points.length < 2) {
    return (
      <section className="course empty">
        <p className="quiet">{words.courseNone}</p>
      </section>
    );
  }
  const plan = steps !== null && answer !== null && "steps" in answer ? answer.steps : null;
  return (
    <section aria-label={words.course}>
      <Course
        points={course.points}
        plan={plan}
        planFrom={running ? Math.max(0, last - run.elapsed_s) : 0}
        now={running ? last : null}
        startedMs={course.startedMs}
        waiting={waiting}
      />
    </section>
  );
}
