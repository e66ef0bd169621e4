/** Watches that the groups of a stage are balanced, and that annotations stand outside of them. */
export class GroupCheck {
  readonly #problems: string[] = [];
  #open: string | undefined;

  begin(title: string): void {
    if (this.#open !== undefined) {
      this.#problems.push(`group '${title}' begins within group '${this.#open}'`);
    }
    if (title.trim() === '') this.#problems.push('a group has no title');
    this.#open = title;
  }

  end(): void {
    if (this.#open === undefined) this.#problems.push('a group ends that has not begun');
    this.#open = undefined;
  }

  /** An error, a warning or a notice: in a folded group nobody sees it. */
  annotation(message: string): void {
    if (this.#open !== undefined) {
      this.#problems.push(`'${message}' stands within group '${this.#open}'`);
    }
  }

  /**
   * What was wrong.
   *
   * @param killed whether the stage could not end its last group.
   */
  problems(killed: boolean): readonly string[] {
    return this.#open === undefined || killed
      ? this.#problems
      : [...this.#problems, `group '${this.#open}' is not ended`];
  }
}
