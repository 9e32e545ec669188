"""``python -m summarizer`` and the console command."""


def main() -> None:
    """Run the command line."""
    from summarizer.cli import run

    run()


if __name__ == "__main__":
    main()
