# The image of the daemon, of workers and of the page: docs/operations.md, "In containers".
ARG PYTHON=3.13

FROM python:${PYTHON}-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/accredwatch
COPY pyproject.toml constraints.txt config.toml README.md LICENSE ./
COPY foundation foundation
COPY extract extract
COPY storage storage
COPY crawler crawler
COPY alerts alerts
COPY scheduler scheduler
COPY accredwatch accredwatch
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && /opt/accredwatch/bin/pip install --no-cache-dir --no-compile -c constraints.txt "$(echo /wheels/*.whl)[workers]" \
    && /opt/accredwatch/bin/python -m compileall -q /opt/accredwatch/lib

FROM python:${PYTHON}-slim-trixie
LABEL org.opencontainers.image.title="accredwatch" \
      org.opencontainers.image.description="Watches the news for the number of election observers that Kazakhstan has accredited" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --home-dir /var/lib/accredwatch --create-home --shell /usr/sbin/nologin accredwatch
COPY --from=build /opt/accredwatch /opt/accredwatch
ENV PATH=/opt/accredwatch/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib
USER 10001:10001
# A config.toml that is mounted here is found; without one the default is used. The database is var/accredwatch.sqlite3.
WORKDIR /var/lib/accredwatch
VOLUME /var/lib/accredwatch
EXPOSE 8350
# Whether the daemon runs, not whether an outlet has trouble: starting the container anew would mend no outlet.
HEALTHCHECK --interval=2m --timeout=30s --start-period=5m --retries=3 CMD ["accredwatch", "status", "--daemon"]
# No init is needed: the daemon minds SIGTERM as the first process too, and waits for the workers that it starts.
ENTRYPOINT ["accredwatch"]
CMD ["run"]
