# asks: my475/ex9
# kind: process ends
import argparse
import sys

{right/twice_in_one_file}

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("steps", type=int)
    args = parser.parse_args()
    print(args.steps)

if __name__ == "__main__":
    main()
    sys.exit(0)
