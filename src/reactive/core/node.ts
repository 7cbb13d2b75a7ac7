import { DATA, END, type NodeStatus, type Sink, START, STATE } from './protocol';
import { Sinks } from './sinks';

function ignore(): void {
  // An ended store has nothing to answer.
}

/** What every store has in common: a value, a status, subscribers, and the callbag handshake. */
export abstract class StoreNode<T> {
  /** Read by `Inspector.inspect`; the name with the underscore is callbag-recharge's. */
  _status: NodeStatus = 'DISCONNECTED';
  protected value: T | undefined;
  protected failure: unknown;
  protected readonly sinks = new Sinks();

  readonly source = (type: number, payload?: unknown): void => {
    if (type === START) this.connect(payload as Sink);
  };

  abstract get(): T | undefined;

  protected abstract connect(sink: Sink): void;
  protected abstract onControl(signal: unknown, sink: Sink): void;
  /** The last subscriber has left. */
  protected abstract onIdle(): void;

  protected get ended(): boolean {
    return this._status === 'COMPLETED' || this._status === 'ERRORED';
  }

  protected welcome(sink: Sink): void {
    this.sinks.add(sink);
    sink(START, (type: number, data?: unknown) => {
      if (type === DATA) sink(DATA, this.value);
      else if (type === STATE) this.onControl(data, sink);
      else if (type === END) this.leave(sink);
    });
  }

  protected leave(sink: Sink): void {
    if (this.sinks.remove(sink) && this.sinks.size === 0) this.onIdle();
  }

  /** A subscriber who comes after the end. */
  protected turnAway(sink: Sink, error?: unknown): void {
    sink(START, ignore);
    if (error === undefined) sink(END);
    else sink(END, error);
  }
}
