import { Component, type ReactNode } from "react";
import { viewer } from "../live/viewer";
import { wordsIn } from "../words/table";
import { frameWords } from "./words";

/** A screen that fails takes neither the temperature nor the stop with it. */
export class Guard extends Component<
  { children: ReactNode; screen: string },
  { error: unknown; screen: string }
> {
  override state = { error: null as unknown, screen: this.props.screen };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: { screen: string }, state: { screen: string }) {
    return props.screen === state.screen ? null : { screen: props.screen, error: null };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const words = wordsIn(frameWords, viewer.get().tongue);
    return (
      <div className="page" role="alert">
        <h1>{words.crashed}</h1>
        <p>{words.crashedMore}</p>
        <pre>{error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error)}</pre>
        <button type="button" className="main" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </div>
    );
  }
}
